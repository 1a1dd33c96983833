-- Parked events of a purchase that cannot be booked must not hold up those of others: the follower passes over them for a
-- while.
ALTER TABLE partner_events ADD set_aside_at timestamptz;
CREATE INDEX partner_events_set_aside ON partner_events (set_aside_at) WHERE set_aside_at IS NOT NULL;
