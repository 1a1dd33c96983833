-- Looks at the rows that came before the constraint, while others read and write.
ALTER TABLE purchases VALIDATE CONSTRAINT purchases_rejected_at;
