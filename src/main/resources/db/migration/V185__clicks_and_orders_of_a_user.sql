-- Lists the clicks of one user for an export.
CREATE INDEX clicks_of_user ON clicks (user_id, id);
-- Lists the orders of one user for an export; an erasure clears them.
CREATE INDEX purchase_orders_of_user ON purchase_orders (user_id, purchased_at, purchase_id);
