-- Finds events that were set aside long enough ago to be tried again.
CREATE INDEX ${concurrently} partner_events_set_aside ON partner_events (set_aside_at) WHERE set_aside_at IS NOT NULL;
