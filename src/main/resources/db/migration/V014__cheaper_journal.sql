-- The journal is written for every purchase and read by user. The row's id is part of that index already: a second one for
-- the id alone served no question.
ALTER TABLE ledger_transfers DROP CONSTRAINT ledger_transfers_pkey;
DROP INDEX ledger_transfers_of_user;
ALTER TABLE ledger_transfers ADD CONSTRAINT ledger_transfers_of_user PRIMARY KEY (user_id, created_at, id);

-- Foreign keys are checked row by row, even where a row refers to nothing: few transfers belong to a payout or a refund.
-- What checks the purchase of a statement's transfers checks these along, and that all of it is the same user's.
ALTER TABLE ledger_transfers
    DROP CONSTRAINT ledger_transfers_payout_id_fkey,
    DROP CONSTRAINT ledger_transfers_refund_id_fkey;

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
        WHERE a.refund_id IS NOT NULL
        AND (SELECT purchase_id FROM refunds WHERE id = a.refund_id) IS DISTINCT FROM a.purchase_id;
    IF FOUND THEN PERFORM refuse_missing('a refund of the purchase', 'ledger_transfers_refund_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER payouts_referred_to BEFORE DELETE OR UPDATE OF id, user_id ON payouts
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('ledger_transfers', 'payout_id');
CREATE TRIGGER payouts_kept BEFORE TRUNCATE ON payouts FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
