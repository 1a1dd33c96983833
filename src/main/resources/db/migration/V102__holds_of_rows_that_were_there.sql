-- Looks at the rows that came before the constraints, while others read and write.
ALTER TABLE purchases VALIDATE CONSTRAINT purchases_hold_days;
ALTER TABLE purchases VALIDATE CONSTRAINT purchases_payable_when_confirmed;
ALTER TABLE ledger_transfers VALIDATE CONSTRAINT ledger_transfers_accounts;
