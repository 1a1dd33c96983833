-- Events of partners stay visible with what became of them, also those whose sender was not told.
ALTER TABLE partner_events
    -- Why it was refused or expired, as a sentence; null for events of before this column.
    ADD refusal text,
    -- When its wait ended; null while parked, and for events of before this column.
    ADD settled_at timestamptz,
    ADD CONSTRAINT partner_events_refusal_explains CHECK (
        refusal IS NULL OR outcome IS NOT NULL AND outcome <> 'applied'),
    ADD CONSTRAINT partner_events_settled CHECK (settled_at IS NULL OR outcome IS NOT NULL);

-- The collation of the ids of purchases: with another one, a lookup of a purchase's events would read all of its partner's.
ALTER TABLE partner_events ALTER external_id TYPE text COLLATE "C";

-- The list of a partner's events, newest first, and of those that were applied, which are most of them.
CREATE INDEX partner_events_newest ON partner_events (partner_id, received_at, id);
-- The lists of those that were parked, refused or expired, which are few among many.
CREATE INDEX partner_events_not_applied ON partner_events (
    partner_id,
    (CASE WHEN outcome IS NULL THEN 'parked' WHEN outcome = 'expired' THEN 'expired' ELSE 'refused' END),
    received_at,
    id)
    WHERE outcome IS DISTINCT FROM 'applied';
