CREATE TABLE partners (
    id           uuid PRIMARY KEY,
    name         text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    active       boolean NOT NULL,
    -- Who decides about the partner's purchases: the verification job, or the partner by events of its own.
    confirmed_by text NOT NULL DEFAULT 'verification' CHECK (confirmed_by IN ('verification', 'partner')),
    created_at   timestamptz NOT NULL
);
CREATE INDEX partners_newest ON partners (created_at DESC, id DESC);
CREATE TRIGGER partners_referred_to BEFORE DELETE OR UPDATE OF id ON partners
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans('purchases', 'partner_id');
CREATE TRIGGER partners_kept BEFORE TRUNCATE ON partners FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

-- The service must be able to compute signatures, so it keeps the secret itself, not a hash: encrypted with the key that
-- key_id names, for this row alone.
CREATE TABLE partner_secrets (
    id         uuid PRIMARY KEY,
    partner_id uuid NOT NULL REFERENCES partners (id),
    wrapped    bytea NOT NULL,
    key_id     text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX partner_secrets_of_partner ON partner_secrets (partner_id, created_at DESC, id DESC);

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
