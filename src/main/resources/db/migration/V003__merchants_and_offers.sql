-- For the exclusion constraint of offers, which compares a uuid in a GiST index.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE merchants (
    id                    uuid PRIMARY KEY,
    name                  text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    -- Percent in ten-thousandths: 5 % is 50000. Zero means that the merchant has no default cashback.
    default_percentage_e4 bigint NOT NULL CHECK (default_percentage_e4 BETWEEN 0 AND 1000000),
    active                boolean NOT NULL,
    -- Since when status and default percentage are as they are; what changes them sets it.
    terms_since           timestamptz NOT NULL DEFAULT '-infinity',
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
    -- Since when status and terms are as they are; what changes them sets it.
    terms_since       timestamptz NOT NULL DEFAULT '-infinity',
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

-- The history of merchants and offers: one row for each stretch of time in which one was active under the same terms.
-- A purchase earns by what was in force when it was made. Triggers keep the history, so that nothing can bypass it.
CREATE TABLE merchant_periods (
    id                    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    merchant_id           uuid NOT NULL REFERENCES merchants (id) ON DELETE CASCADE,
    default_percentage_e4 bigint NOT NULL,
    active_from           timestamptz NOT NULL,
    active_until          timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (active_until >= active_from)
);
CREATE INDEX merchant_periods_of_merchant ON merchant_periods (merchant_id, active_until);

CREATE TABLE offer_periods (
    id                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    offer_id          uuid NOT NULL REFERENCES offers (id) ON DELETE CASCADE,
    merchant_id       uuid NOT NULL,
    cashback_type     text NOT NULL,
    cashback_value_e4 bigint NOT NULL,
    monthly_cap_minor bigint NOT NULL,
    start_date        date NOT NULL,
    end_date          date NOT NULL,
    active_from       timestamptz NOT NULL,
    active_until      timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (active_until >= active_from)
);
CREATE INDEX offer_periods_of_offer ON offer_periods (offer_id, active_until);
CREATE INDEX offer_periods_of_merchant ON offer_periods (merchant_id, end_date);

-- The first activation reaches back to the beginning of the merchant; later changes count from their time on.
CREATE FUNCTION keep_merchant_history() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    UPDATE merchant_periods SET active_until = greatest(NEW.terms_since, active_from)
    WHERE merchant_id = NEW.id AND active_until = 'infinity';
    IF NEW.active THEN
        INSERT INTO merchant_periods (merchant_id, default_percentage_e4, active_from)
        VALUES (NEW.id, NEW.default_percentage_e4,
                CASE WHEN EXISTS (SELECT FROM merchant_periods WHERE merchant_id = NEW.id) THEN NEW.terms_since
                     ELSE '-infinity' END);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER merchants_have_history AFTER INSERT ON merchants
    FOR EACH ROW EXECUTE FUNCTION keep_merchant_history();
CREATE TRIGGER merchants_keep_history AFTER UPDATE OF active, default_percentage_e4 ON merchants
    FOR EACH ROW WHEN (
        (OLD.active, OLD.default_percentage_e4) IS DISTINCT FROM (NEW.active, NEW.default_percentage_e4))
    EXECUTE FUNCTION keep_merchant_history();

-- The first activation reaches back to the start of the offer's window.
CREATE FUNCTION keep_offer_history() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    UPDATE offer_periods SET active_until = greatest(NEW.terms_since, active_from)
    WHERE offer_id = NEW.id AND active_until = 'infinity';
    IF NEW.active THEN
        INSERT INTO offer_periods (offer_id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor,
                                   start_date, end_date, active_from)
        VALUES (NEW.id, NEW.merchant_id, NEW.cashback_type, NEW.cashback_value_e4, NEW.monthly_cap_minor,
                NEW.start_date, NEW.end_date,
                CASE WHEN EXISTS (SELECT FROM offer_periods WHERE offer_id = NEW.id) THEN NEW.terms_since
                     ELSE NEW.start_date::timestamp AT TIME ZONE 'UTC' END);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER offers_have_history AFTER INSERT ON offers FOR EACH ROW EXECUTE FUNCTION keep_offer_history();
CREATE TRIGGER offers_keep_history
    AFTER UPDATE OF active, cashback_type, cashback_value_e4, monthly_cap_minor, start_date, end_date ON offers
    FOR EACH ROW EXECUTE FUNCTION keep_offer_history();
