-- The hold that a click promises, in days.
ALTER TABLE clicks ADD hold_days smallint NOT NULL DEFAULT 0 CHECK (hold_days BETWEEN 0 AND 365);
