-- Lists the entries of one action, which may be a few among millions.
CREATE INDEX ${concurrently} audit_log_of_action ON audit_log (action, occurred_at DESC, id DESC);
