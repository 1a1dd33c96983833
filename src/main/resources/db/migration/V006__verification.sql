-- The work list of the verification job, in two tables. Purchases that are ingested together are due together: one row
-- for the batch replaces a row, with two index entries, for each purchase. A purchase gets a row of its own in
-- verifications only when its first attempt leaves it pending. A claim moves due_at into the future, so it lapses by
-- itself when the claiming process dies.
CREATE TABLE verification_batches (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    purchase_ids uuid[] NOT NULL CHECK (cardinality(purchase_ids) > 0),
    due_at       timestamptz NOT NULL
);

CREATE TABLE verifications (
    purchase_id uuid PRIMARY KEY,
    user_id     uuid NOT NULL,
    merchant_id uuid NOT NULL,
    partner_id  uuid,
    -- Null while the partner decides: the verification job then never meets the row, however many there are.
    due_at      timestamptz,
    attempts    smallint NOT NULL DEFAULT 0 CHECK (attempts >= 0)
);
CREATE INDEX verifications_due ON verifications (due_at, purchase_id) WHERE due_at IS NOT NULL;
CREATE INDEX verifications_withheld ON verifications (partner_id) WHERE due_at IS NULL;

CREATE FUNCTION verifications_require_references() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM added a WHERE (SELECT true FROM purchases WHERE id = a.purchase_id) IS NULL;
    IF FOUND THEN PERFORM refuse_missing('a purchase', 'verifications_purchase_id_fkey'); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER verifications_references AFTER INSERT ON verifications
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION verifications_require_references();
CREATE TRIGGER verifications_references_fixed BEFORE UPDATE OF purchase_id ON verifications
    FOR EACH STATEMENT EXECUTE FUNCTION keep_references();
