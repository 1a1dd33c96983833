-- The service must be able to compute signatures, so it keeps the secret itself, not a hash: encrypted with the key
-- that key_id names, for this row alone. The next step, which has the keys, wraps the secrets that stand here in clear;
-- the one after it drops those.
ALTER TABLE partner_secrets
    ADD wrapped bytea,
    ADD key_id text;

-- The last messages of each partner with their verdict, and the last refused signatures; older ones are pruned.
CREATE TABLE partner_deliveries (
    id             uuid PRIMARY KEY,
    partner_id     uuid NOT NULL REFERENCES partners (id),
    received_at    timestamptz NOT NULL,
    outcome        text NOT NULL
                   CHECK (outcome IN ('accepted', 'duplicate', 'partly_rejected', 'rejected', 'refused', 'failed')),
    batch          boolean NOT NULL,
    -- The sender's id of the message; null when it had none of the right form.
    message_id     text CHECK (char_length(message_id) BETWEEN 1 AND 255),
    request_id     text NOT NULL,
    status         integer NOT NULL,
    code           text,
    -- Why the signature was refused.
    reason         text CHECK ((reason IS NOT NULL) = (outcome = 'refused')),
    external_id    text,
    accepted       integer NOT NULL,
    duplicates     integer NOT NULL,
    rejected       integer NOT NULL,
    -- Messages of the same kind since the one before that were not recorded.
    omitted_before integer NOT NULL
);
CREATE INDEX partner_deliveries_newest ON partner_deliveries (partner_id, received_at DESC, id DESC);
