-- A user's way to a merchant, and the terms that it promises: those of a purchase that names it. Rows are deleted some
-- time after they were made. Like the other tables that grow fast, it has no foreign keys.
CREATE TABLE clicks (
    -- A UUIDv7, whose time is that of the click.
    id                uuid PRIMARY KEY,
    user_id           uuid NOT NULL,
    merchant_id       uuid NOT NULL,
    -- Null when the merchant's default applies, which has no cap.
    offer_id          uuid,
    cashback_type     text NOT NULL CHECK (cashback_type IN ('percent', 'fixed')),
    cashback_value_e4 bigint NOT NULL CHECK (cashback_value_e4 > 0),
    monthly_cap_minor bigint CHECK (monthly_cap_minor > 0),
    expires_at        timestamptz NOT NULL,
    CHECK ((offer_id IS NULL) = (monthly_cap_minor IS NULL))
);
ALTER TABLE clicks SET (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.02);
