-- The shoppers of demo traffic. One person cannot buy hundreds of times a second, and each wallet is locked by one
-- transaction at a time. Loading them again changes nothing. Their password is Str0ng!Pass.
INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)
SELECT ('dd200000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, email, email,
       '$2b$10$T2vksSBsMyiWMjERFtTc0OsjhLtUMYqRuI78qKNByUTeo3XxZ2NJW', 'user', true, now()
FROM generate_series(1, 300) AS n, concat('shopper', n, '@clicknback.com') AS email
ON CONFLICT DO NOTHING;
