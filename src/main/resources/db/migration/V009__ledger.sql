-- The journal. One row moves one amount from one account of a user to another; 'outside' is the platform's side.
CREATE TABLE ledger_transfers (
    id           uuid NOT NULL,
    user_id      uuid NOT NULL,
    kind         text NOT NULL,
    debit        text NOT NULL,
    credit       text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency     text NOT NULL CHECK (currency = 'EUR'),
    -- The cause: a purchase or a payout.
    purchase_id  uuid,
    payout_id    uuid,
    -- The refund of the purchase that lowered its cashback.
    refund_id    uuid,
    created_at   timestamptz NOT NULL,
    -- Every purchase writes the journal, and users read it. One index serves both as the key and for these reads.
    CONSTRAINT ledger_transfers_of_user PRIMARY KEY (user_id, created_at, id),
    CHECK (num_nonnulls(purchase_id, payout_id) = 1),
    CONSTRAINT ledger_transfers_refund CHECK ((refund_id IS NOT NULL) = (kind = 'cashback_refunded')),
    CONSTRAINT ledger_transfers_accounts CHECK ((kind, debit, credit) IN (
        ('cashback_credit', 'outside', 'pending'),
        ('cashback_confirmed', 'pending', 'available'),
        ('cashback_rejected', 'pending', 'outside'),
        ('cashback_refunded', 'pending', 'outside'),
        ('cashback_refunded', 'available', 'outside'),
        ('cashback_reversed', 'pending', 'outside'),
        ('cashback_reversed', 'available', 'outside'),
        ('payout_requested', 'available', 'reserved'),
        ('payout_completed', 'reserved', 'paid'),
        ('payout_failed', 'reserved', 'available')))
);
-- Nothing is booked twice.
CREATE UNIQUE INDEX ledger_transfers_purchase_once ON ledger_transfers (purchase_id, kind)
    WHERE purchase_id IS NOT NULL AND refund_id IS NULL;
CREATE UNIQUE INDEX ledger_transfers_payout_once ON ledger_transfers (payout_id, kind) WHERE payout_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_transfers_refund_once ON ledger_transfers (refund_id) WHERE refund_id IS NOT NULL;
CREATE TRIGGER ledger_transfers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A transfer belongs to the user of its purchase or payout. Comparing the users finds a missing cause too.
CREATE FUNCTION ledger_transfers_require_references() RETURNS trigger LANGUAGE plpgsql
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

CREATE TRIGGER ledger_transfers_references AFTER INSERT ON ledger_transfers
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_transfers_require_references();

-- The projection of the journal: each balance is the sum of the user's transfers into an account less those out of it.
-- A user without any other record can be deleted, and the empty wallet goes along.
CREATE TABLE wallets (
    user_id         uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    pending_minor   bigint NOT NULL DEFAULT 0 CHECK (pending_minor >= 0),
    -- May fall below zero: reversing a purchase whose cashback was paid out leaves a debt.
    available_minor bigint NOT NULL DEFAULT 0,
    reserved_minor  bigint NOT NULL DEFAULT 0 CHECK (reserved_minor >= 0),
    paid_minor      bigint NOT NULL DEFAULT 0 CHECK (paid_minor >= 0),
    version         bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70); -- Pages keep room for the updates of a busy wallet.

-- A transaction locks the wallets of its users first, in the order of their ids. A wallet opened at its first use would
-- be locked out of that order, and two such transactions could wait for each other.
CREATE FUNCTION open_wallets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO wallets (user_id) SELECT id FROM added;
    RETURN NULL;
END $$;

CREATE TRIGGER users_have_wallets AFTER INSERT ON users
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION open_wallets();
