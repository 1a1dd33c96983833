-- The sessions that a login ends because the user has too many, and those that a deactivation or a new password ends.
CREATE INDEX ${concurrently} token_families_open ON token_families (user_id, created_at, id) WHERE revoked_at IS NULL;
