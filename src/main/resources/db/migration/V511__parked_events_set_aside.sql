-- Parked events of a purchase that cannot be booked must not hold up those of others: the follower passes over them for a
-- while.
ALTER TABLE partner_events ADD set_aside_at timestamptz;
