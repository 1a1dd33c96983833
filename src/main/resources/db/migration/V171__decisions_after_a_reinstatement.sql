-- A rejected purchase that is reinstated may be confirmed, released and rejected once more. Each of these transfers then has
-- the reinstatement as its cause; what a purchase that was never reinstated books stays without one.
ALTER TABLE purchases ADD COLUMN reinstatement_id uuid;

-- Reinstatements of before had no id: what they led to stays without a cause, and what follows has one.
UPDATE purchases SET reinstatement_id = gen_random_uuid()
WHERE id IN (SELECT resource_id::uuid FROM audit_log
             WHERE resource_type = 'purchase' AND action = 'PURCHASE_REINSTATED');

ALTER TABLE ledger_transfers
    DROP CONSTRAINT ledger_transfers_caused,
    ADD CONSTRAINT ledger_transfers_caused CHECK (CASE
        WHEN kind IN ('cashback_refunded', 'cashback_corrected', 'cashback_reallotted') THEN cause_id IS NOT NULL
        WHEN kind IN ('cashback_reinstated', 'cashback_confirmed', 'cashback_released', 'cashback_rejected') THEN true
        ELSE cause_id IS NULL END) NOT VALID;
ALTER TABLE ledger_transfers VALIDATE CONSTRAINT ledger_transfers_caused;

-- Nothing is booked twice, after a reinstatement neither.
CREATE UNIQUE INDEX ledger_transfers_reinstatement_once ON ledger_transfers (cause_id, kind)
    WHERE cause_id IS NOT NULL
      AND kind IN ('cashback_reinstated', 'cashback_confirmed', 'cashback_released', 'cashback_rejected');

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
            WHEN 'cashback_reallotted'
                THEN (SELECT user_id FROM purchases WHERE id = a.cause_id) IS DISTINCT FROM a.user_id
            ELSE (SELECT reinstatement_id FROM purchases WHERE id = a.purchase_id) IS DISTINCT FROM a.cause_id
        END;
    IF FOUND THEN PERFORM refuse_missing('the cause of a change', 'ledger_transfers_cause_id_fkey'); END IF;
    RETURN NULL;
END $$;
