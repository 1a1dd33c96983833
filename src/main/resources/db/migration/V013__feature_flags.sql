CREATE TABLE feature_flags (
    id          uuid PRIMARY KEY,
    key         text NOT NULL CHECK (key ~ '^[a-z][a-z0-9_]{0,99}$'),
    scope_type  text NOT NULL CHECK (scope_type IN ('global', 'merchant', 'user')),
    scope_id    uuid,
    enabled     boolean NOT NULL,
    description text CHECK (char_length(description) <= 1000),
    created_at  timestamptz NOT NULL,
    updated_at  timestamptz NOT NULL,
    CHECK ((scope_id IS NULL) = (scope_type = 'global')),
    CONSTRAINT feature_flags_scope_key UNIQUE NULLS NOT DISTINCT (key, scope_type, scope_id)
);
CREATE INDEX feature_flags_newest ON feature_flags (created_at DESC, id DESC);
