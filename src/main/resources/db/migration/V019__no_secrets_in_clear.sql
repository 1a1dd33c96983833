-- Refuses to go on while a secret is not wrapped.
ALTER TABLE partner_secrets
    ALTER wrapped SET NOT NULL,
    ALTER key_id SET NOT NULL,
    DROP secret;
