-- Beyond the purchase itself, a change of its cashback has a cause: the refund or correction that changed it, or the
-- other purchase of the same cap that gave allowance back or took it.
ALTER TABLE ledger_transfers RENAME refund_id TO cause_id;

ALTER TABLE ledger_transfers
    DROP CONSTRAINT ledger_transfers_refund,
    ADD CONSTRAINT ledger_transfers_caused CHECK (
        (cause_id IS NOT NULL) = (kind IN ('cashback_refunded', 'cashback_corrected', 'cashback_reallotted'))),
    DROP CONSTRAINT ledger_transfers_accounts,
    ADD CONSTRAINT ledger_transfers_accounts CHECK ((kind, debit, credit) IN (
        ('cashback_credit', 'outside', 'pending'),
        ('cashback_confirmed', 'pending', 'available'),
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
        ('payout_failed', 'reserved', 'available')));

-- Nothing is booked twice.
DROP INDEX ledger_transfers_purchase_once;
CREATE UNIQUE INDEX ledger_transfers_purchase_once ON ledger_transfers (purchase_id, kind)
    WHERE purchase_id IS NOT NULL AND cause_id IS NULL;
DROP INDEX ledger_transfers_refund_once;
CREATE UNIQUE INDEX ledger_transfers_cause_once ON ledger_transfers (cause_id)
    WHERE kind IN ('cashback_refunded', 'cashback_corrected');
-- The changes of one purchase, for its explanation.
CREATE INDEX ledger_transfers_changes ON ledger_transfers (purchase_id, created_at, id) WHERE cause_id IS NOT NULL;

-- A transfer belongs to the user of its purchase or payout. Comparing the users finds a missing cause too.
CREATE OR REPLACE FUNCTION ledger_transfers_require_references() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a
        WHERE CASE WHEN a.payout_id IS NULL
            THEN (SELECT user_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.user_id
            ELSE (SELECT user_id FROM payouts WHERE id = a.payout_id) IS DISTINCT FROM a.user_id
        END;
    IF FOUND THEN PERFORM refuse_missing('a purchase or payout of the user', 'ledger_transfers_cause_fkey'); END IF;
    PERFORM FROM added a
        WHERE a.cause_id IS NOT NULL
        AND CASE a.kind
            WHEN 'cashback_refunded'
                THEN (SELECT purchase_id FROM refunds WHERE id = a.cause_id) IS DISTINCT FROM a.purchase_id
            WHEN 'cashback_corrected'
                THEN (SELECT purchase_id FROM corrections WHERE id = a.cause_id) IS DISTINCT FROM a.purchase_id
            ELSE (SELECT user_id FROM purchases WHERE id = a.cause_id) IS DISTINCT FROM a.user_id
        END;
    IF FOUND THEN PERFORM refuse_missing('the cause of a change', 'ledger_transfers_cause_id_fkey'); END IF;
    RETURN NULL;
END $$;
