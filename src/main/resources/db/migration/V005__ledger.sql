CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TABLE payouts (
    id                 uuid PRIMARY KEY,
    user_id            uuid NOT NULL REFERENCES users (id),
    amount_minor       bigint NOT NULL CHECK (amount_minor BETWEEN 1 AND 999999999999),
    currency           text NOT NULL CHECK (currency = 'EUR'),
    method             text NOT NULL CHECK (method = 'bank_transfer'),
    -- IBAN and account holder, encrypted with the key that key_id names; only the last four digits stay readable.
    destination        bytea NOT NULL,
    key_id             text NOT NULL,
    iban_last4         text NOT NULL CHECK (char_length(iban_last4) = 4),
    status             text NOT NULL CHECK (status IN ('requested', 'processing', 'completed', 'failed')),
    requested_at       timestamptz NOT NULL,
    processed_at       timestamptz CHECK ((processed_at IS NOT NULL) = (status IN ('completed', 'failed'))),
    external_reference text CHECK (char_length(external_reference) BETWEEN 1 AND 255),
    failure_reason     text CHECK (char_length(failure_reason) BETWEEN 1 AND 1000),
    CONSTRAINT payouts_failure_reasoned CHECK ((failure_reason IS NOT NULL) = (status = 'failed'))
);
CREATE INDEX payouts_newest ON payouts (requested_at DESC, id DESC);
CREATE INDEX payouts_of_user ON payouts (user_id, requested_at DESC, id DESC);

-- The journal. One row moves one amount from one account of a user to another; 'outside' is the platform's side.
CREATE TABLE ledger_transfers (
    id           uuid PRIMARY KEY,
    user_id      uuid NOT NULL REFERENCES users (id),
    kind         text NOT NULL,
    debit        text NOT NULL,
    credit       text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    currency     text NOT NULL CHECK (currency = 'EUR'),
    purchase_id  uuid REFERENCES purchases (id),
    payout_id    uuid REFERENCES payouts (id),
    created_at   timestamptz NOT NULL,
    CHECK (num_nonnulls(purchase_id, payout_id) = 1),
    CONSTRAINT ledger_transfers_accounts CHECK ((kind, debit, credit) IN (
        ('cashback_credit', 'outside', 'pending'),
        ('cashback_confirmed', 'pending', 'available'),
        ('cashback_rejected', 'pending', 'outside'),
        ('cashback_reversed', 'pending', 'outside'),
        ('cashback_reversed', 'available', 'outside'),
        ('payout_requested', 'available', 'reserved'),
        ('payout_completed', 'reserved', 'paid'),
        ('payout_failed', 'reserved', 'available')))
);
CREATE UNIQUE INDEX ledger_transfers_purchase_once ON ledger_transfers (purchase_id, kind) WHERE purchase_id IS NOT NULL;
CREATE UNIQUE INDEX ledger_transfers_payout_once ON ledger_transfers (payout_id, kind) WHERE payout_id IS NOT NULL;
CREATE INDEX ledger_transfers_of_user ON ledger_transfers (user_id, created_at DESC, id DESC);
CREATE TRIGGER ledger_transfers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfers
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The projection of the journal: each balance is the sum of the user's transfers into an account less those out of it.
CREATE TABLE wallets (
    user_id         uuid PRIMARY KEY REFERENCES users (id),
    pending_minor   bigint NOT NULL DEFAULT 0 CHECK (pending_minor >= 0),
    -- May fall below zero: reversing a purchase whose cashback was paid out leaves a debt.
    available_minor bigint NOT NULL DEFAULT 0,
    reserved_minor  bigint NOT NULL DEFAULT 0 CHECK (reserved_minor >= 0),
    paid_minor      bigint NOT NULL DEFAULT 0 CHECK (paid_minor >= 0),
    version         bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 70);
