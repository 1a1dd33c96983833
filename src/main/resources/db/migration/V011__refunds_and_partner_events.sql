-- Who decides about a partner's purchases: the verification job, or the partner by events of its own.
ALTER TABLE partners ADD COLUMN confirmed_by text NOT NULL DEFAULT 'verification'
    CHECK (confirmed_by IN ('verification', 'partner'));

ALTER TABLE purchases ADD COLUMN refunded_minor bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT purchases_refunded_within_amount CHECK (refunded_minor BETWEEN 0 AND amount_minor),
    ADD CONSTRAINT purchases_refunded_in_full CHECK (refunded_minor < amount_minor OR status = 'reversed');

-- Parts of a purchase that its buyer got back. A purchase whose refunds add up to its amount is reversed.
CREATE TABLE refunds (
    id             uuid PRIMARY KEY,
    purchase_id    uuid NOT NULL REFERENCES purchases (id),
    -- The partner's own id of the refund.
    external_id    text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    amount_minor   bigint NOT NULL CHECK (amount_minor > 0),
    -- By how much the cashback fell. Zero for the refund that completes a reversal, which takes what is left.
    cashback_minor bigint NOT NULL CHECK (cashback_minor >= 0),
    created_at     timestamptz NOT NULL,
    CONSTRAINT refunds_external_id_key UNIQUE (purchase_id, external_id)
);
CREATE TRIGGER refunds_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refunds
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE ledger_transfers ADD COLUMN refund_id uuid REFERENCES refunds (id),
    DROP CONSTRAINT ledger_transfers_accounts,
    ADD CONSTRAINT ledger_transfers_accounts CHECK ((kind, debit, credit) IN (
        ('cashback_credit', 'outside', 'pending'),
        ('cashback_confirmed', 'pending', 'available'),
        ('cashback_rejected', 'pending', 'outside'),
        ('cashback_refunded', 'pending', 'outside'),
        ('cashback_refunded', 'available', 'outside'),
        ('cashback_reversed', 'pending', 'outside'),
        ('cashback_reversed', 'available', 'outside'),
        ('payout_requested', 'available', 'reserved'),
        ('payout_completed', 'reserved', 'paid'),
        ('payout_failed', 'reserved', 'available'))),
    ADD CONSTRAINT ledger_transfers_refund CHECK ((refund_id IS NOT NULL) = (kind = 'cashback_refunded'));
DROP INDEX ledger_transfers_purchase_once;
CREATE UNIQUE INDEX ledger_transfers_purchase_once ON ledger_transfers (purchase_id, kind)
    WHERE purchase_id IS NOT NULL AND refund_id IS NULL;
CREATE UNIQUE INDEX ledger_transfers_refund_once ON ledger_transfers (refund_id) WHERE refund_id IS NOT NULL;

-- What partners told about their purchases, in any order, even before the purchase itself: such an event is parked
-- here and applied when the purchase arrives.
CREATE TABLE partner_events (
    id           uuid PRIMARY KEY,
    partner_id   uuid NOT NULL REFERENCES partners (id),
    -- Of the purchase it speaks of.
    external_id  text NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 255),
    kind         text NOT NULL CHECK (kind IN ('confirmed', 'rejected', 'refunded')),
    reason       text CHECK ((reason IS NOT NULL) = (kind = 'rejected')),
    refund_id    text CHECK ((refund_id IS NOT NULL) = (kind = 'refunded')),
    amount_minor bigint CHECK (amount_minor > 0) CHECK ((amount_minor IS NOT NULL) = (kind = 'refunded')),
    -- The partner's time of the event, which orders the events of a purchase.
    occurred_at  timestamptz NOT NULL,
    received_at  timestamptz NOT NULL,
    cause        text NOT NULL,
    -- Null while parked; then 'applied', or the error code of its refusal.
    outcome      text,
    CONSTRAINT partner_events_once UNIQUE NULLS NOT DISTINCT (partner_id, external_id, kind, refund_id)
);
CREATE INDEX partner_events_parked ON partner_events (partner_id, external_id) WHERE outcome IS NULL;

-- Null while the partner decides: the verification job then never meets the row, however many there are.
ALTER TABLE verifications ADD COLUMN partner_id uuid, ALTER COLUMN due_at DROP NOT NULL;
DROP INDEX verifications_due;
CREATE INDEX verifications_due ON verifications (due_at, purchase_id) WHERE due_at IS NOT NULL;
CREATE INDEX verifications_withheld ON verifications (partner_id) WHERE due_at IS NULL;
