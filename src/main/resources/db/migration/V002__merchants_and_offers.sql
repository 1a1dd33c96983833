CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE merchants (
    id                        uuid PRIMARY KEY,
    name                      text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    -- Percent in ten-thousandths: 5 % is 50000. Zero means that the merchant has no default cashback.
    default_percentage_e4     bigint NOT NULL CHECK (default_percentage_e4 BETWEEN 0 AND 1000000),
    active                    boolean NOT NULL,
    created_at                timestamptz NOT NULL
);
-- Ignores case in every script, whatever the locale of the database; ordered bytewise, so that no collation update touches it.
CREATE UNIQUE INDEX merchants_name_key ON merchants ((lower(name COLLATE "und-x-icu") COLLATE "C"));
CREATE INDEX merchants_newest ON merchants (created_at DESC, id DESC);

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
    CONSTRAINT offers_no_overlap EXCLUDE USING gist
        (merchant_id WITH =, daterange(start_date, end_date, '[]') WITH &&) WHERE (active)
);
CREATE INDEX offers_of_merchant ON offers (merchant_id, start_date);
CREATE INDEX offers_newest ON offers (created_at DESC, id DESC);
