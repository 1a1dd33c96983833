-- A partner's older word about a purchase counts, although it arrives behind a newer one that it contradicts.
ALTER TABLE partner_events
    -- True for an event that changed its purchase; false for one that told what was known.
    ADD effective boolean NOT NULL DEFAULT false CHECK (NOT effective OR outcome IS NOT DISTINCT FROM 'applied');

-- A rejection may then follow a confirmation, and cashback that a rejection took may come back. What the constraint allows
-- already stays allowed, whichever migrations came before.
DO $$
DECLARE
    allowed text;
BEGIN
    SELECT pg_get_expr(conbin, conrelid) INTO STRICT allowed FROM pg_constraint
    WHERE conrelid = 'ledger_transfers'::regclass AND conname = 'ledger_transfers_accounts';
    ALTER TABLE ledger_transfers DROP CONSTRAINT ledger_transfers_accounts;
    EXECUTE format(
        'ALTER TABLE ledger_transfers ADD CONSTRAINT ledger_transfers_accounts CHECK (%s OR (kind, debit, credit) IN ('
        '(''cashback_rejected'', ''available'', ''outside''), (''cashback_reinstated'', ''outside'', ''pending''))) NOT VALID',
        allowed);
    ALTER TABLE ledger_transfers VALIDATE CONSTRAINT ledger_transfers_accounts;
END $$;
