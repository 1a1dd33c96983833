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
-- The journal compares a transfer's user with the payout's: neither the id nor the user may change under it.
CREATE TRIGGER payouts_referred_to BEFORE DELETE OR UPDATE OF id, user_id ON payouts
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('ledger_transfers', 'payout_id');
CREATE TRIGGER payouts_kept BEFORE TRUNCATE ON payouts FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

-- Keys under which users repeat payout requests safely. Each is written with its payout, and purged some days later.
CREATE TABLE payout_idempotency_keys (
    user_id     uuid NOT NULL REFERENCES users (id),
    key         text NOT NULL CHECK (key ~ '^[ -~]{1,255}$'),
    -- A keyed hash of what was requested, made with the encryption key of the payout's destination.
    fingerprint bytea NOT NULL CHECK (octet_length(fingerprint) = 32),
    payout_id   uuid NOT NULL CONSTRAINT payout_idempotency_keys_payout_once UNIQUE REFERENCES payouts (id),
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX payout_idempotency_keys_oldest ON payout_idempotency_keys (created_at);
