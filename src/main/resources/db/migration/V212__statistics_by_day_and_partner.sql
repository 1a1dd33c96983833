-- For pages of the daily statistics by partner, which come in this order; those by merchant have the order of the key.
-- Updates of a day's sums change none of its columns.
CREATE INDEX statistics_days_by_partner
    ON statistics_days (day, (coalesce(partner_id, '00000000-0000-0000-0000-000000000000')));
