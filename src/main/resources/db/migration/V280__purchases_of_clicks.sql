-- Tells what became of the clicks of a user. A purchase without a click is not in it.
CREATE INDEX ${concurrently} purchases_of_click ON purchases (click_id, id) WHERE click_id IS NOT NULL;
