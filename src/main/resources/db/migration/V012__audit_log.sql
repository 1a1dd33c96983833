CREATE TABLE audit_log (
    id            uuid PRIMARY KEY,
    occurred_at   timestamptz NOT NULL,
    actor_type    text NOT NULL CHECK (actor_type IN ('system', 'admin', 'user')),
    actor_id      uuid,
    action        text NOT NULL,
    resource_type text NOT NULL,
    resource_id   text NOT NULL,
    outcome       text NOT NULL CHECK (outcome = 'success'),
    details       jsonb NOT NULL,
    -- The request id or the event that made the actor act.
    cause         text NOT NULL,
    CHECK ((actor_id IS NULL) = (actor_type = 'system'))
);
CREATE INDEX audit_log_newest ON audit_log (occurred_at DESC, id DESC);
CREATE INDEX audit_log_of_resource ON audit_log (resource_id, occurred_at DESC, id DESC);
CREATE INDEX audit_log_of_actor ON audit_log (actor_id, occurred_at DESC, id DESC) WHERE actor_id IS NOT NULL;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
