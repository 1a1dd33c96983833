-- Until when a secret counts, null for as long as it stands, and when it was last signed with, noted once a minute at most.
ALTER TABLE partner_secrets
    ADD expires_at timestamptz,
    ADD last_used_at timestamptz;
-- For the look at secrets that end soon.
CREATE INDEX partner_secrets_expiring ON partner_secrets (expires_at) WHERE expires_at IS NOT NULL;
