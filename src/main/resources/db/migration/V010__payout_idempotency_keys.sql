-- Keys under which users repeat payout requests safely; written with the payout, kept for a while, then purged.
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
