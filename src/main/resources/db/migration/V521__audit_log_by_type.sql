-- Lists the entries of one type of resource, which may be a few among millions.
CREATE INDEX ${concurrently} audit_log_of_type ON audit_log (resource_type, occurred_at DESC, id DESC);
