-- Where a click leads, with {click_id} in place of its id; null while the merchant takes no clicks.
ALTER TABLE merchants ADD tracking_url_template text
    CHECK (char_length(tracking_url_template) <= 2000 AND tracking_url_template LIKE 'https://%{click_id}%');
-- Days after a click in which a purchase counts as its.
ALTER TABLE merchants ADD attribution_days smallint NOT NULL DEFAULT 30 CHECK (attribution_days BETWEEN 1 AND 365);
