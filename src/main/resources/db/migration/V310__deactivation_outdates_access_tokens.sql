-- A deactivation counts as a new password that no session has set, whoever deactivates: an activation brings back no access
-- token of before.
CREATE FUNCTION outdate_access_tokens() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.password_version := OLD.password_version + 1;
    NEW.password_session := NULL;
    RETURN NEW;
END
$$;
CREATE TRIGGER users_outdate_access_tokens BEFORE UPDATE OF active ON users
    FOR EACH ROW WHEN (OLD.active AND NOT NEW.active) EXECUTE FUNCTION outdate_access_tokens();
