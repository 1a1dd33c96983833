-- A row of these lists lives for minutes or a moment: it is neither compressed nor, for crediting, kept apart from its
-- page.
ALTER TABLE verification_batches ALTER purchase_ids SET STORAGE EXTERNAL;
ALTER TABLE crediting_batches ALTER purchase_ids SET STORAGE EXTERNAL, ALTER user_ids SET STORAGE EXTERNAL,
    SET (toast_tuple_target = 8160);
