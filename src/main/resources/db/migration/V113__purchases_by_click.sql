-- The click that the purchase was reported with; null without one. The click itself is deleted some time later, but its
-- id tells when it was made.
ALTER TABLE purchases ADD click_id uuid;
