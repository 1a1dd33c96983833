-- A hold keeps the cashback of a confirmed purchase in the pending balance until the goods can no longer come back. Its
-- days are terms like the others: of the offer, else of the merchant, else of a setting; null leaves it to the next one.
ALTER TABLE merchants ADD COLUMN hold_days smallint;
ALTER TABLE merchants ADD CONSTRAINT merchants_hold_days CHECK (hold_days BETWEEN 0 AND 365);
ALTER TABLE offers ADD COLUMN hold_days smallint;
ALTER TABLE offers ADD CONSTRAINT offers_hold_days CHECK (hold_days BETWEEN 0 AND 365);
ALTER TABLE merchant_periods ADD COLUMN hold_days smallint;
ALTER TABLE offer_periods ADD COLUMN hold_days smallint;

CREATE OR REPLACE FUNCTION keep_merchant_history() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    UPDATE merchant_periods SET active_until = greatest(NEW.terms_since, active_from)
    WHERE merchant_id = NEW.id AND active_until = 'infinity';
    IF NEW.active THEN
        INSERT INTO merchant_periods (merchant_id, default_percentage_e4, hold_days, active_from)
        VALUES (NEW.id, NEW.default_percentage_e4, NEW.hold_days,
                CASE WHEN EXISTS (SELECT FROM merchant_periods WHERE merchant_id = NEW.id) THEN NEW.terms_since
                     ELSE '-infinity' END);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER merchants_keep_history ON merchants;
CREATE TRIGGER merchants_keep_history AFTER UPDATE OF active, default_percentage_e4, hold_days ON merchants
    FOR EACH ROW WHEN (
        (OLD.active, OLD.default_percentage_e4, OLD.hold_days)
        IS DISTINCT FROM (NEW.active, NEW.default_percentage_e4, NEW.hold_days))
    EXECUTE FUNCTION keep_merchant_history();

CREATE OR REPLACE FUNCTION keep_offer_history() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    UPDATE offer_periods SET active_until = greatest(NEW.terms_since, active_from)
    WHERE offer_id = NEW.id AND active_until = 'infinity';
    IF NEW.active THEN
        INSERT INTO offer_periods (offer_id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor,
                                   hold_days, start_date, end_date, active_from)
        VALUES (NEW.id, NEW.merchant_id, NEW.cashback_type, NEW.cashback_value_e4, NEW.monthly_cap_minor,
                NEW.hold_days, NEW.start_date, NEW.end_date,
                CASE WHEN EXISTS (SELECT FROM offer_periods WHERE offer_id = NEW.id) THEN NEW.terms_since
                     ELSE NEW.start_date::timestamp AT TIME ZONE 'UTC' END);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER offers_keep_history ON offers;
CREATE TRIGGER offers_keep_history
    AFTER UPDATE OF active, cashback_type, cashback_value_e4, monthly_cap_minor, hold_days, start_date, end_date ON offers
    FOR EACH ROW EXECUTE FUNCTION keep_offer_history();

-- Null stands for no hold: a purchase without one costs no more room than before.
ALTER TABLE purchases ADD COLUMN hold_days smallint;
-- When its cashback becomes available, or became so. Null until confirmed, once rejected or reversed, and for purchases
-- that were confirmed before this column came.
ALTER TABLE purchases ADD COLUMN payable_at timestamptz;
-- True while the cashback of a confirmed purchase is pending; else null.
ALTER TABLE purchases ADD COLUMN held boolean;
-- The next migration looks at the rows that are there already, under a weaker lock.
ALTER TABLE purchases ADD CONSTRAINT purchases_hold_days CHECK (hold_days BETWEEN 1 AND 365) NOT VALID;
ALTER TABLE purchases ADD CONSTRAINT purchases_payable_when_confirmed CHECK (
    (payable_at IS NULL OR status = 'confirmed')
    AND (held IS NULL OR held AND status = 'confirmed' AND payable_at IS NOT NULL)) NOT VALID;

-- The work list of the releases: one row for each held purchase. A claim moves due_at into the future, so it lapses by
-- itself when the claiming process dies.
CREATE TABLE holds (
    purchase_id uuid PRIMARY KEY REFERENCES purchases (id),
    user_id     uuid NOT NULL,
    merchant_id uuid NOT NULL,
    payable_at  timestamptz NOT NULL,
    due_at      timestamptz NOT NULL,
    -- An administrator confirmed the purchase: the flag that lets purchases be confirmed without a person matters no more.
    by_person   boolean NOT NULL
);
-- Claims of the releases, the longest due first.
CREATE INDEX holds_due ON holds (due_at, purchase_id);
-- The held balance of a wallet and its next releases.
CREATE INDEX holds_of_user ON holds (user_id, payable_at);
-- The gauge of the oldest release that is overdue.
CREATE INDEX holds_oldest ON holds (payable_at);
ALTER TABLE holds SET (autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.02);

ALTER TABLE ledger_transfers DROP CONSTRAINT ledger_transfers_accounts;
ALTER TABLE ledger_transfers ADD CONSTRAINT ledger_transfers_accounts CHECK ((kind, debit, credit) IN (
    ('cashback_credit', 'outside', 'pending'),
    ('cashback_confirmed', 'pending', 'available'),
    ('cashback_released', 'pending', 'available'),
    ('cashback_rejected', 'pending', 'outside'),
    ('cashback_refunded', 'pending', 'outside'),
    ('cashback_refunded', 'available', 'outside'),
    ('cashback_corrected', 'outside', 'pending'),
    ('cashback_corrected', 'outside', 'available'),
    ('cashback_corrected', 'pending', 'outside'),
    ('cashback_corrected', 'available', 'outside'),
    ('cashback_reallotted', 'outside', 'pending'),
    ('cashback_reallotted', 'outside', 'available'),
    ('cashback_reallotted', 'pending', 'outside'),
    ('cashback_reallotted', 'available', 'outside'),
    ('cashback_reversed', 'pending', 'outside'),
    ('cashback_reversed', 'available', 'outside'),
    ('payout_requested', 'available', 'reserved'),
    ('payout_completed', 'reserved', 'paid'),
    ('payout_failed', 'reserved', 'available'))) NOT VALID;
