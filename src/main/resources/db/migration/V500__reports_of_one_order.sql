-- Finds the other report of an order among as many as there may be: a partner may give all of a user's purchases one
-- reference and one amount. Serves what purchase_orders_of_ref has served, too.
CREATE INDEX ${concurrently} purchase_orders_of_order
    ON purchase_orders (order_ref, user_id, open, first_by, merchant_id, amount_minor, purchased_at);
