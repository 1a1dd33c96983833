-- The lowest cap of an offer that applies to one of its purchases in that month, while it is not cap_minor: a raised cap
-- counts for purchases made from then on, and leaves the lower one to those made before.
ALTER TABLE cap_usage ADD least_minor bigint CHECK (least_minor < cap_minor);
