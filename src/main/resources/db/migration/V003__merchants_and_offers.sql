-- For the exclusion constraint of offers, which compares a uuid in a GiST index.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE merchants (
    id                    uuid PRIMARY KEY,
    name                  text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    -- Percent in ten-thousandths: 5 % is 50000. Zero means that the merchant has no default cashback.
    default_percentage_e4 bigint NOT NULL CHECK (default_percentage_e4 BETWEEN 0 AND 1000000),
    active                boolean NOT NULL,
    created_at            timestamptz NOT NULL
);
-- Ignores case in every script, whatever the locale of the database. Ordered bytewise: no collation update touches it.
CREATE UNIQUE INDEX merchants_name_key ON merchants ((lower(name COLLATE "und-x-icu") COLLATE "C"));
CREATE INDEX merchants_newest ON merchants (created_at DESC, id DESC);
CREATE TRIGGER merchants_referred_to BEFORE DELETE OR UPDATE OF id ON merchants
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('purchases', 'merchant_id');
CREATE TRIGGER merchants_kept BEFORE TRUNCATE ON merchants FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

CREATE TABLE offers (
    id                uuid PRIMARY KEY,
    merchant_id       uuid NOT NULL REFERENCES merchants (id),
    cashback_type     text NOT NULL CHECK (cashback_type IN ('percent', 'fixed')),
    -- Ten-thousandths of a percent or of a currency unit.
    cashback_value_e4 bigint NOT NULL CHECK (cashback_value_e4 > 0 AND cashback_value_e4 <= 99999999999900),
    monthly_cap_minor bigint NOT NULL CHECK (monthly_cap_minor BETWEEN 1 AND 999999999999),
    start_date        date NOT NULL,
    end_date          date NOT NULL,
    active            boolean NOT NULL,
    created_at        timestamptz NOT NULL,
    CHECK (end_date >= start_date),
    -- At most one active offer applies to a purchase.
    CONSTRAINT offers_no_overlap EXCLUDE USING gist
        (merchant_id WITH =, daterange(start_date, end_date, '[]') WITH &&) WHERE (active)
);
CREATE INDEX offers_of_merchant ON offers (merchant_id, start_date);
CREATE INDEX offers_newest ON offers (created_at DESC, id DESC);
CREATE TRIGGER offers_referred_to BEFORE DELETE OR UPDATE OF id ON offers
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('purchases', 'offer_id', 'cap_usage', 'offer_id');
CREATE TRIGGER offers_kept BEFORE TRUNCATE ON offers FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
