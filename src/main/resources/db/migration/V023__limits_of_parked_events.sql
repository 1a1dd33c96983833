ALTER TABLE partner_events
    ADD correction_id text,
    -- Waits for a purchase that was not there, and so counts in parked_counts.
    ADD counted boolean NOT NULL DEFAULT false,
    ADD expired_at timestamptz,
    DROP CONSTRAINT partner_events_kind_check,
    ADD CONSTRAINT partner_events_kind_check CHECK (kind IN ('confirmed', 'rejected', 'refunded', 'corrected')),
    DROP CONSTRAINT partner_events_check2,
    ADD CONSTRAINT partner_events_check2 CHECK ((correction_id IS NOT NULL) = (kind = 'corrected')),
    -- A correction may leave the amount as it is.
    ADD CONSTRAINT partner_events_check3 CHECK (
        kind = 'corrected' OR (amount_minor IS NOT NULL) = (kind = 'refunded')),
    ADD CONSTRAINT partner_events_check4 CHECK (NOT counted OR outcome IS NULL),
    ADD CONSTRAINT partner_events_check5 CHECK ((expired_at IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'expired')),
    DROP CONSTRAINT partner_events_once,
    ADD CONSTRAINT partner_events_once UNIQUE NULLS NOT DISTINCT (
        partner_id, external_id, kind, refund_id, correction_id);

-- An event whose purchase has arrived is about to be applied.
UPDATE partner_events e SET counted = true
WHERE outcome IS NULL AND NOT EXISTS (
    SELECT FROM purchases p WHERE p.partner_id = e.partner_id AND p.external_id = e.external_id);

-- What has waited for too long, and what expired long ago.
CREATE INDEX partner_events_waiting ON partner_events (received_at) WHERE counted;
CREATE INDEX partner_events_expired ON partner_events (expired_at) WHERE outcome = 'expired';

-- The number of each partner's events that wait for their purchases, which a setting bounds. A transaction changes it
-- last, since all events that a partner parks meet here.
CREATE TABLE parked_counts (
    partner_id uuid PRIMARY KEY REFERENCES partners (id),
    parked     bigint NOT NULL CHECK (parked >= 0)
) WITH (fillfactor = 50);
INSERT INTO parked_counts (partner_id, parked)
SELECT partner_id, count(*) FROM partner_events WHERE counted GROUP BY partner_id;
