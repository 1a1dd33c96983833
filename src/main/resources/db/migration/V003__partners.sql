CREATE TABLE partners (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 255),
    active     boolean NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX partners_newest ON partners (created_at DESC, id DESC);

-- The service must be able to compute signatures, so it keeps the key itself, not a hash.
CREATE TABLE partner_secrets (
    id         uuid PRIMARY KEY,
    partner_id uuid NOT NULL REFERENCES partners (id),
    secret     bytea NOT NULL CHECK (octet_length(secret) BETWEEN 24 AND 64),
    created_at timestamptz NOT NULL
);
CREATE INDEX partner_secrets_of_partner ON partner_secrets (partner_id, created_at DESC, id DESC);
