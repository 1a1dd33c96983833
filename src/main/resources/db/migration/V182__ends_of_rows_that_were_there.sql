-- What refunds reversed before: the audit log tells the status. Where it does not, the purchase comes back as pending.
UPDATE purchases p SET reversed_from = a.details ->> 'prior_status'
FROM audit_log a
WHERE p.status = 'reversed' AND p.refunded_minor >= coalesce(p.corrected_minor, p.amount_minor)
  AND a.resource_type = 'purchase' AND a.resource_id = p.id::text AND a.action = 'PURCHASE_REVERSED'
  AND a.details ->> 'prior_status' IN ('pending', 'confirmed');

-- Looks at the rows that came before the constraints, while others read and write.
ALTER TABLE purchases VALIDATE CONSTRAINT purchases_reversed_from;
ALTER TABLE purchases VALIDATE CONSTRAINT purchases_refunded_in_full;
ALTER TABLE ledger_transfers VALIDATE CONSTRAINT ledger_transfers_caused;
