-- Refunds are facts: a purchase that they reversed comes back when its amount turns out to have been higher. The status
-- that a reversal ended is what comes back; null for others.
ALTER TABLE purchases ADD COLUMN reversed_from text;
ALTER TABLE purchases ADD CONSTRAINT purchases_reversed_from CHECK (
    reversed_from IS NULL OR reversed_from IN ('pending', 'confirmed') AND status = 'reversed') NOT VALID;

-- Refunds are kept as they were told, also above the amount. Such a purchase has ended.
ALTER TABLE purchases
    DROP CONSTRAINT purchases_refunded_within_amount,
    DROP CONSTRAINT purchases_refunded_in_full,
    ADD CONSTRAINT purchases_refunded_in_full CHECK (
        refunded_minor >= 0
        AND (refunded_minor < coalesce(corrected_minor, amount_minor) OR status IN ('reversed', 'rejected'))) NOT VALID;

-- A purchase that came back may be reversed once more.
ALTER TABLE ledger_transfers
    DROP CONSTRAINT ledger_transfers_caused,
    ADD CONSTRAINT ledger_transfers_caused CHECK (CASE
        WHEN kind IN ('cashback_refunded', 'cashback_corrected', 'cashback_reallotted') THEN cause_id IS NOT NULL
        WHEN kind IN ('cashback_reinstated', 'cashback_confirmed', 'cashback_released', 'cashback_rejected',
                      'cashback_reversed') THEN true
        ELSE cause_id IS NULL END) NOT VALID;

-- Nothing is booked twice, after a reinstatement neither.
DROP INDEX ledger_transfers_reinstatement_once;
CREATE UNIQUE INDEX ledger_transfers_reinstatement_once ON ledger_transfers (cause_id, kind)
    WHERE cause_id IS NOT NULL
      AND kind IN ('cashback_reinstated', 'cashback_confirmed', 'cashback_released', 'cashback_rejected',
                   'cashback_reversed');
