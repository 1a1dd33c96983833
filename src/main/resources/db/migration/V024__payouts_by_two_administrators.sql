-- The administrator who set it to processing: another one completes a large payout.
ALTER TABLE payouts ADD processing_by uuid REFERENCES users (id);

UPDATE payouts p SET processing_by = (
    SELECT u.id FROM audit_log a JOIN users u ON u.id = a.actor_id
    WHERE a.resource_id = p.id::text AND a.resource_type = 'payout' AND a.action = 'PAYOUT_PROCESSED'
      AND a.details ->> 'status' = 'processing'
    ORDER BY a.occurred_at DESC, a.id DESC LIMIT 1);

-- These destinations were encrypted with the configured key itself. Today each purpose has a key derived from it. The
-- name tells the two apart; both are read.
UPDATE payouts SET key_id = 'direct:' || key_id;

-- Tells which encryption keys are still in use.
CREATE INDEX payouts_of_key ON payouts (key_id);
