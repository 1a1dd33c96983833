-- purchase_orders_of_order begins with the same columns.
DROP INDEX purchase_orders_of_ref;
