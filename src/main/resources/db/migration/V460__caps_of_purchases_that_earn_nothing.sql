-- Builds of thirteen files opened no cap for a purchase that earned nothing. A correction may let it earn, and the limit
-- of such a purchase counts among those of its cap. In the order in which crediting opens caps.
INSERT INTO cap_usage (user_id, offer_id, cap_month, used_minor, cap_minor, least_minor)
SELECT c.user_id, c.offer_id, c.cap_month, 0, max(p.monthly_cap_minor),
       nullif(min(p.monthly_cap_minor), max(p.monthly_cap_minor))
FROM cashback_credits c
JOIN purchases p ON p.id = c.purchase_id
LEFT JOIN cap_usage u ON u.user_id = c.user_id AND u.offer_id = c.offer_id AND u.cap_month = c.cap_month
WHERE c.amount_minor = 0 AND c.offer_id IS NOT NULL
  AND (u.user_id IS NULL OR p.monthly_cap_minor NOT BETWEEN coalesce(u.least_minor, u.cap_minor) AND u.cap_minor)
GROUP BY c.user_id, c.offer_id, c.cap_month
ORDER BY c.user_id, c.offer_id, c.cap_month
ON CONFLICT (user_id, offer_id, cap_month) DO UPDATE
SET cap_minor = greatest(cap_usage.cap_minor, excluded.cap_minor),
    least_minor = nullif(
        least(cap_usage.least_minor, cap_usage.cap_minor, excluded.least_minor, excluded.cap_minor),
        greatest(cap_usage.cap_minor, excluded.cap_minor));
