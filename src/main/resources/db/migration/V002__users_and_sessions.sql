CREATE TABLE users (
    id            uuid PRIMARY KEY,
    email         text NOT NULL CHECK (char_length(email) BETWEEN 3 AND 254),
    -- The whole address ignoring case: what uniqueness and login compare.
    email_key     text NOT NULL CONSTRAINT users_email_key UNIQUE,
    password_hash text NOT NULL,
    role          text NOT NULL CHECK (role IN ('user', 'admin')),
    active        boolean NOT NULL,
    created_at    timestamptz NOT NULL
);
CREATE TRIGGER users_referred_to BEFORE DELETE OR UPDATE OF id ON users
    FOR EACH ROW EXECUTE FUNCTION refuse_orphans(
        'purchases', 'user_id', 'ledger_transfers', 'user_id', 'cap_usage', 'user_id');
CREATE TRIGGER users_kept BEFORE TRUNCATE ON users FOR EACH STATEMENT EXECUTE FUNCTION keep_references();

-- A family is one login and all refresh tokens that descend from it. Sessions go with their user.
CREATE TABLE token_families (
    id         uuid PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX token_families_user ON token_families (user_id);

-- Deactivation ends the sessions of a user, whoever deactivates: activation does not bring them back.
CREATE FUNCTION end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE token_families SET revoked_at = now() WHERE user_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER users_deactivated AFTER UPDATE OF active ON users
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION end_sessions();

-- Only a hash of a refresh token is kept: a stolen copy of this table opens no session.
CREATE TABLE refresh_tokens (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    family_id  uuid NOT NULL REFERENCES token_families (id) ON DELETE CASCADE,
    -- The claim jti. With the signing key and this row the same token can be written again.
    token_id   uuid NOT NULL,
    issued_at  timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    rotated_at timestamptz
);
CREATE INDEX refresh_tokens_expiry ON refresh_tokens (expires_at);
CREATE INDEX refresh_tokens_family ON refresh_tokens (family_id);
