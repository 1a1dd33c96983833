-- Ordered bytewise, for searches by the beginning of an address.
ALTER TABLE users
    ALTER email_key TYPE text COLLATE "C",
    -- Raised by each change of the password, and when an administrator ends the sessions: access tokens of an earlier
    -- one are refused.
    ADD password_version integer NOT NULL DEFAULT 0,
    -- The session that set the password, whose tokens stay good; it may be gone.
    ADD password_session uuid;
-- The lists of users, with and without a filter.
CREATE INDEX users_newest ON users (created_at, id);
CREATE INDEX users_of_role ON users (role, created_at, id);
CREATE INDEX users_of_activity ON users (active, created_at, id);

-- The sessions of a user in their order, and whether one of them is still in use.
DROP INDEX token_families_user;
CREATE INDEX token_families_of_user ON token_families (user_id, created_at, id);
DROP INDEX refresh_tokens_family;
CREATE INDEX refresh_tokens_of_family ON refresh_tokens (family_id, issued_at);

-- Deactivation ends the sessions of a user, whoever deactivates: activation does not bring them back. A new
-- password ends all but the session that set it.
CREATE OR REPLACE FUNCTION end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE token_families SET revoked_at = now()
    WHERE user_id = NEW.id AND revoked_at IS NULL AND (NOT NEW.active OR id IS DISTINCT FROM NEW.password_session);
    RETURN NULL;
END
$$;
DROP TRIGGER users_deactivated ON users;
CREATE TRIGGER users_end_sessions AFTER UPDATE OF active, password_version ON users
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active OR NEW.password_version <> OLD.password_version)
    EXECUTE FUNCTION end_sessions();
