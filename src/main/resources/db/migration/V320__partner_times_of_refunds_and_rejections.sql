-- What a partner told of a purchase counts up to the partner's time of its rejection, in whatever order both arrived.
ALTER TABLE purchases
    -- The partner's time of its rejection while that stands; null for what others rejected, and for rows of before.
    ADD rejected_at timestamptz,
    ADD CONSTRAINT purchases_rejected_at CHECK (rejected_at IS NULL OR status = 'rejected') NOT VALID;

-- The partner's time; null for refunds of before, which always count.
ALTER TABLE refunds ADD occurred_at timestamptz;
