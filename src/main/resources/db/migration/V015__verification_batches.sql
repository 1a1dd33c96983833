-- What is ingested together is due together: a row for each batch instead of one, with two index entries, for each
-- purchase. A purchase gets a row of its own in verifications only when its first attempt leaves it pending.
CREATE TABLE verification_batches (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purchase_ids uuid[] NOT NULL CHECK (cardinality(purchase_ids) > 0),
    -- A claim moves it into the future, as in verifications.
    due_at       timestamptz NOT NULL
);
