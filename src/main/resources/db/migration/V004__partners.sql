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

-- The service must be able to compute signatures, so it keeps the key itself, not a hash.
CREATE TABLE partner_secrets (
    id         uuid PRIMARY KEY,
    partner_id uuid NOT NULL REFERENCES partners (id),
    secret     bytea NOT NULL CHECK (octet_length(secret) BETWEEN 24 AND 64),
    created_at timestamptz NOT NULL
);
CREATE INDEX partner_secrets_of_partner ON partner_secrets (partner_id, created_at DESC, id DESC);
