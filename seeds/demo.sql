-- Demo data for newcomers and for the examples of the documentation. Loaded once and completely: a second process, even
-- at the same moment, changes nothing. Ages count back from the start of the loading transaction. That transaction has
-- set clicknback.demo_destination (the encrypted destination of the payout, in hexadecimal), clicknback.demo_secret (the
-- wrapped secret of the partner, likewise) and clicknback.demo_key_id (the key that encrypts both).
DO $demo$
DECLARE
    -- The creation time of users, partner and flags.
    beginning  timestamptz := now() - interval '90 days';
    -- bcrypt of Str0ng!Pass
    password   text := '$2b$10$T2vksSBsMyiWMjERFtTc0OsjhLtUMYqRuI78qKNByUTeo3XxZ2NJW';
    today      date;
    purchased  uuid[];
    click      uuid;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('clicknback demo data'));
    IF EXISTS (SELECT FROM users WHERE id = 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d') THEN
        RETURN;
    END IF;
    -- Days and months are in UTC, in any time zone of the server.
    PERFORM set_config('TimeZone', 'UTC', true);
    today := now()::date;

    -- Users
    INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)
    SELECT id, email, email, password, role, true, beginning
    FROM (VALUES
        ('b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d'::uuid, 'alice@clicknback.com', 'user'),
        ('c8d3e2b1-5a4b-4c3d-8b2a-7e6f5d4c3b2a', 'bob@clicknback.com', 'user'),
        ('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1a', 'carol@clicknback.com', 'admin'),
        ('d9f4b3c2-6b5c-5d4e-7c3b-6a5e4d3c2b1b', 'jero@clicknback.com', 'admin'),
        ('e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'dave@clicknback.com', 'user'),
        ('e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4f', 'erin@clicknback.com', 'user')
    ) AS u (id, email, role);

    -- Merchants
    INSERT INTO merchants (id, name, default_percentage_e4, tracking_url_template, active, created_at)
    SELECT id, name, percentage * 10000, 'https://shops.example/' || replace(lower(name), ' ', '-') || '?ref={click_id}',
           active, today - 455
    FROM (VALUES
        ('a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d'::uuid, 'Shoply', 5.0, true),
        ('b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e', 'QuickCart', 3.5, true),
        ('c3d4e5f6-a7b8-4c9d-0e1f-2a3b4c5d6e7f', 'UrbanMart', 2, true),
        ('d4e5f6a7-b8c9-4d0e-1f2a-3b4c5d6e7f8a', 'MegaGoods', 4, true),
        ('e5f6a7b8-c9d0-4e1f-2a3b-4c5d6e7f8a9b', 'ElectroHub', 2.5, true),
        ('f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c', 'TechZone', 6, true),
        ('a7b8c9d0-e1f2-4a3b-4c5d-6e7f8a9b0c1d', 'FreshMarket', 1.5, true),
        ('b8c9d0e1-f2a3-4b4c-5d6e-7f8a9b0c1d2e', 'StyleHub', 8, true),
        ('c9d0e1f2-a3b4-4c5d-6e7f-8a9b0c1d2e3f', 'HomePlus', 3, true),
        ('d0e1f2a3-b4c5-4d6e-7f8a-9b0c1d2e3f4a', 'SportsPro', 5.5, true),
        ('e1f2a3b4-c5d6-4e7f-8a9b-0c1d2e3f4a5b', 'BeautyWell', 7, true),
        ('f2a3b4c5-d6e7-4f8a-9b0c-1d2e3f4a5b6c', 'GadgetWorld', 4.5, true),
        ('a3b4c5d6-e7f8-4a9b-0c1d-2e3f4a5b6c7d', 'FoodiesFresh', 2, true),
        ('b4c5d6e7-f8a9-4b0c-1d2e-3f4a5b6c7d8e', 'TravelGear', 6.5, true),
        ('c5d6e7f8-a9b0-4c1d-2e3f-4a5b6c7d8e9f', 'PetParadise', 3.5, true),
        ('d6e7f8a9-b0c1-4d2e-3f4a-5b6c7d8e9f0a', 'BookHaven', 1, true),
        ('e7f8a9b0-c1d2-4e3f-4a5b-6c7d8e9f0a1b', 'FitnessPeak', 9, true),
        ('f8a9b0c1-d2e3-4f4a-5b6c-7d8e9f0a1b2c', 'GreenGrocer', 2.5, true),
        ('a9b0c1d2-e3f4-4a5b-6c7d-8e9f0a1b2c3d', 'ToyLand', 4, true),
        ('b0c1d2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', 'JewelryBox', 10, true),
        ('c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f', 'AutoParts Plus', 1.5, true),
        ('d2e3f4a5-b6c7-4d8e-9f0a-1b2c3d4e5f6a', 'KidsCloset', 5, true),
        ('e3f4a5b6-c7d8-4e9f-0a1b-2c3d4e5f6a7b', 'ChefSupplies', 3, true),
        ('f4a5b6c7-d8e9-4f0a-1b2c-3d4e5f6a7b8c', 'OutdoorEscape', 7.5, true),
        ('a5b6c7d8-e9f0-4a1b-2c3d-4e5f6a7b8c9d', 'LuxWatches', 15, false),
        ('b6c7d8e9-f0a1-4b2c-3d4e-5f6a7b8c9d0e', 'VintageVault', 12, false),
        ('c7d8e9f0-a1b2-4c3d-4e5f-6a7b8c9d0e1f', 'NightOwl Electronics', 8.5, false),
        ('f0000000-0000-0000-0000-000000000001', 'BankSimFail', 0, true)
    ) AS m (id, name, percentage, active);

    -- Offers. Their days count from the day of loading. One of them held its cashback for 30 days.
    INSERT INTO offers (id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor, hold_days, start_date,
                        end_date, active, created_at)
    SELECT o.id, m.id, o.type, o.value * 10000, o.cap * 100, CASE m.name WHEN 'AutoParts Plus' THEN 30 END,
           today + o.first_day, today + o.last_day, o.active, today + least(o.first_day, -90)
    FROM (VALUES
        ('f0e1d2c3-b4a5-4678-9012-3456789abcde'::uuid, 'Shoply', 'percent', 5.0, 50, -90, 3650, true),
        ('a1b2c3d4-e5f6-4789-0abc-def012345678', 'QuickCart', 'fixed', 3.00, 20, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000001', 'UrbanMart', 'percent', 2, 15, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000002', 'MegaGoods', 'percent', 4, 40, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000003', 'ElectroHub', 'percent', 2.5, 25, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000004', 'TechZone', 'percent', 6, 60, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000005', 'FreshMarket', 'percent', 1.5, 10, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000006', 'StyleHub', 'percent', 8, 80, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000007', 'HomePlus', 'percent', 3, 30, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000008', 'SportsPro', 'percent', 5.5, 55, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000009', 'BeautyWell', 'percent', 7, 70, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000010', 'GadgetWorld', 'percent', 4.5, 45, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000011', 'FoodiesFresh', 'percent', 2, 20, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000012', 'TravelGear', 'percent', 6.5, 65, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000013', 'PetParadise', 'percent', 3.5, 35, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000014', 'BookHaven', 'percent', 1, 10, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000015', 'FitnessPeak', 'percent', 9, 90, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000016', 'GreenGrocer', 'percent', 2.5, 25, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000017', 'ToyLand', 'percent', 4, 40, -90, 3650, true),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000018', 'JewelryBox', 'percent', 10, 100, -90, 3650, true),
        ('c1d2e3f4-0000-0000-0001-000000000001', 'OutdoorEscape', 'percent', 3, 30, -90, 3650, true),
        ('d0000001-0000-0000-0000-000000000001', 'LuxWatches', 'percent', 5, 50, -90, 3650, true),
        ('f0000000-0000-0000-0001-000000000001', 'BankSimFail', 'percent', 5, 100, -90, 3650, true),
        -- Switched off.
        ('c1d2e3f4-0000-0000-0002-000000000002', 'ChefSupplies', 'percent', 2, 20, -90, 3650, false),
        -- Ended, though still flagged active.
        ('c3d4e5f6-a7b8-4c9d-1111-000000000021', 'AutoParts Plus', 'percent', 1.5, 15, -90, -1, true),
        -- Not yet in force.
        ('c3d4e5f6-a7b8-4c9d-1111-000000000022', 'KidsCloset', 'percent', 5, 50, 365, 3650, true),
        -- From an earlier year.
        ('b2c3d4e5-f6a7-4890-abcd-ef1234567890', 'UrbanMart', 'percent', 2, 15, -455, -91, false),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000019', 'LuxWatches', 'percent', 15, 150, -455, -91, false),
        ('c3d4e5f6-a7b8-4c9d-1111-000000000020', 'VintageVault', 'percent', 12, 120, -455, -91, false)
    ) AS o (id, merchant, type, value, cap, first_day, last_day, active)
    JOIN merchants m ON m.name = o.merchant;

    -- The partner of the examples. Its secret is public, so it must never exist in production.
    INSERT INTO partners (id, name, active, created_at)
    VALUES ('ee000001-0000-0000-0000-000000000001', 'Demo Partner', true, beginning);
    INSERT INTO partner_secrets (id, partner_id, wrapped, key_id, created_at)
    VALUES ('ee000001-0000-0000-0000-000000000011', 'ee000001-0000-0000-0000-000000000001',
            decode(current_setting('clicknback.demo_secret'), 'hex'), current_setting('clicknback.demo_key_id'), beginning);

    -- Purchases, each under the offer that is in force at its merchant.
    WITH inserted AS (
        INSERT INTO purchases (id, external_id, user_id, merchant_id, amount_minor, currency, purchased_at,
                               purchased_at_stated, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor,
                               hold_days, cashback_minor, status, created_at, updated_at)
        SELECT format('%s000001-0000-0000-0000-%s', p.series, lpad(p.number::text, 12, '0'))::uuid,
               CASE p.series WHEN 'aa' THEN 'txn_seed_' WHEN 'bb' THEN 'txn_seed_reject_' ELSE 'txn_seed_manual_' END
                   || lpad(p.number::text, 3, '0'),
               u.id, o.merchant_id, p.amount * 100, 'EUR', now() - p.age,
               true, o.id, o.cashback_type, o.cashback_value_e4, o.monthly_cap_minor,
               o.hold_days, p.cashback * 100, p.status, now() - p.age,
               now() - p.age + CASE p.status WHEN 'confirmed' THEN interval '45 seconds'
                                             WHEN 'reversed' THEN interval '3 hours'
                                             ELSE interval '0' END
        FROM (VALUES
            ('aa', 1, 'alice', 'Shoply', 100.00, 'pending', interval '5 days', 5.00),
            ('aa', 2, 'alice', 'Shoply', 50.00, 'pending', '4 days', 2.50),
            ('aa', 3, 'bob', 'QuickCart', 75.00, 'pending', '3 days', 3.00),
            ('aa', 4, 'carol', 'TechZone', 200.00, 'pending', '2 days', 12.00),
            ('aa', 5, 'alice', 'Shoply', 300.00, 'confirmed', '10 days', 15.00),
            ('aa', 6, 'bob', 'QuickCart', 40.00, 'reversed', '8 days', 3.00),
            ('aa', 7, 'alice', 'QuickCart', 80.00, 'pending', '1 day', 3.00),
            ('aa', 8, 'bob', 'Shoply', 120.00, 'confirmed', '11 days', 6.00),
            ('aa', 9, 'alice', 'TechZone', 60.00, 'pending', '6 days', 3.60),
            ('aa', 10, 'carol', 'QuickCart', 250.00, 'reversed', '9 days', 3.00),
            ('aa', 11, 'bob', 'TechZone', 90.00, 'pending', '7 days', 5.40),
            ('aa', 12, 'alice', 'Shoply', 1000.00, 'confirmed', '60 days', 50.00),
            ('bb', 1, 'alice', 'BankSimFail', 99.00, 'pending', '1 hour', 4.95),
            ('bb', 2, 'bob', 'BankSimFail', 49.50, 'pending', '2 hours', 2.48),
            ('cc', 1, 'dave', 'Shoply', 150.00, 'pending', '2 days', 7.50),
            ('cc', 2, 'dave', 'QuickCart', 85.00, 'pending', '1 day', 3.00),
            -- Cut by the cap of 50.00, held for 30 days, and corrected to half.
            ('aa', 13, 'erin', 'Shoply', 1200.00, 'confirmed', '5 days', 60.00),
            ('aa', 14, 'erin', 'AutoParts Plus', 400.00, 'confirmed', '4 days', 6.00),
            ('aa', 15, 'erin', 'TravelGear', 200.00, 'confirmed', '3 days', 13.00)
        ) AS p (series, number, buyer, merchant, amount, status, age, cashback)
        JOIN users u ON u.email = p.buyer || '@clicknback.com'
        JOIN merchants m ON m.name = p.merchant
        JOIN offers o ON o.merchant_id = m.id AND o.active
        RETURNING id
    )
    SELECT array_agg(id) INTO purchased FROM inserted;

    -- Alice went to Shoply by a click, an hour before she bought there for 50.00.
    click := (lpad(to_hex((extract(epoch FROM now() - interval '4 days 1 hour') * 1000)::bigint), 12, '0')
        || '70008000000000000001')::uuid;
    INSERT INTO clicks (id, user_id, merchant_id, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor, expires_at)
    SELECT click, user_id, merchant_id, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor,
           date_trunc('second', now()) - interval '4 days 1 hour' + interval '30 days'
    FROM purchases WHERE id = 'aa000001-0000-0000-0000-000000000002';
    UPDATE purchases SET click_id = click WHERE id = 'aa000001-0000-0000-0000-000000000002';

    -- The partner had reported twice what erin paid at TravelGear. It corrected that before it confirmed the purchase.
    UPDATE purchases
    SET partner_id = 'ee000001-0000-0000-0000-000000000001', corrected_minor = 10000, rerated_minor = 650,
        updated_at = created_at + interval '1 day'
    WHERE id = 'aa000001-0000-0000-0000-000000000015';
    INSERT INTO corrections (id, purchase_id, external_id, amount_minor, occurred_at, created_at)
    SELECT 'ab000001-0000-0000-0000-000000000015', id, 'correction_seed_001', corrected_minor,
           date_trunc('second', created_at) + interval '2 hours', created_at + interval '2 hours'
    FROM purchases WHERE id = 'aa000001-0000-0000-0000-000000000015';

    -- Confirmed cashback is available at once, or held first.
    UPDATE purchases
    SET payable_at = updated_at + make_interval(hours => 24 * coalesce(hold_days, 0)),
        held = CASE WHEN hold_days > 0 THEN true END
    WHERE id = ANY (purchased) AND status = 'confirmed';
    INSERT INTO holds (purchase_id, user_id, merchant_id, payable_at, due_at, by_person)
    SELECT id, user_id, merchant_id, payable_at, payable_at, false
    FROM purchases WHERE id = ANY (purchased) AND held;

    -- Pending purchases are due for verification at once.
    INSERT INTO verifications (purchase_id, user_id, merchant_id, due_at)
    SELECT id, user_id, merchant_id, now()
    FROM purchases
    WHERE id = ANY (purchased) AND status = 'pending';

    -- Credits, each within a second. A cap cuts only a purchase that is the first to draw on it. A reversed purchase had given its part of the cap back before
    -- the next purchase.
    INSERT INTO cashback_credits (purchase_id, user_id, amount_minor, offer_id, cap_month, cap_used_before_minor,
                                  credited_at)
    SELECT id, user_id, least(cashback_minor, monthly_cap_minor), offer_id, date_trunc('month', purchased_at)::date,
           coalesce(sum(cashback_minor) FILTER (WHERE status <> 'reversed') OVER earlier, 0),
           created_at + interval '400 milliseconds'
    FROM purchases
    WHERE id = ANY (purchased)
    WINDOW earlier AS (PARTITION BY user_id, offer_id, date_trunc('month', purchased_at)
                       ORDER BY created_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

    INSERT INTO cap_usage (user_id, offer_id, cap_month, cap_minor, used_minor, cut_minor)
    SELECT p.user_id, p.offer_id, c.cap_month, p.monthly_cap_minor,
           coalesce(sum(coalesce(p.rerated_minor, c.amount_minor)) FILTER (WHERE p.status <> 'reversed'), 0),
           coalesce(sum(p.cashback_minor - c.amount_minor) FILTER (WHERE p.status <> 'reversed'), 0)
    FROM cashback_credits c
    JOIN purchases p ON p.id = c.purchase_id
    WHERE c.purchase_id = ANY (purchased)
    GROUP BY p.user_id, p.offer_id, c.cap_month, p.monthly_cap_minor;

    INSERT INTO payouts (id, user_id, amount_minor, currency, method, destination, key_id, iban_last4, status,
                         requested_at, processed_at)
    VALUES ('dd000001-0000-0000-0000-000000000001', 'b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d', 5000, 'EUR',
            'bank_transfer', decode(current_setting('clicknback.demo_destination'), 'hex'),
            current_setting('clicknback.demo_key_id'), '3000', 'completed',
            now() - interval '45 days', now() - interval '44 days');

    -- The journal: every purchase was credited, then confirmed or reversed as its status says; then the payout. What is
    -- held has not moved yet.
    INSERT INTO ledger_transfers (id, user_id, kind, debit, credit, amount_minor, currency, purchase_id, created_at)
    SELECT md5(moved.kind || p.id)::uuid, p.user_id, moved.kind, moved.debit, moved.credit, moved.amount_minor, 'EUR',
           p.id, moved.at
    FROM cashback_credits c
    JOIN purchases p ON p.id = c.purchase_id
    CROSS JOIN LATERAL (VALUES
        ('cashback_credit', 'outside', 'pending', c.amount_minor, true, c.credited_at),
        ('cashback_confirmed', 'pending', 'available', coalesce(p.rerated_minor, c.amount_minor),
         p.status = 'confirmed' AND p.held IS NULL, p.updated_at),
        ('cashback_reversed', 'pending', 'outside', c.amount_minor, p.status = 'reversed', p.updated_at)
    ) AS moved (kind, debit, credit, amount_minor, happened, at)
    WHERE p.id = ANY (purchased) AND moved.happened;

    INSERT INTO ledger_transfers (id, user_id, kind, debit, credit, amount_minor, currency, purchase_id, cause_id, created_at)
    SELECT md5('cashback_corrected' || k.id)::uuid, p.user_id, 'cashback_corrected', 'pending', 'outside',
           p.cashback_minor - p.rerated_minor, 'EUR', p.id, k.id, k.created_at
    FROM corrections k
    JOIN purchases p ON p.id = k.purchase_id
    WHERE p.id = ANY (purchased);

    INSERT INTO ledger_transfers (id, user_id, kind, debit, credit, amount_minor, currency, payout_id, created_at)
    SELECT md5(moved.kind || o.id)::uuid, o.user_id, moved.kind, moved.debit, moved.credit, o.amount_minor, 'EUR',
           o.id, moved.at
    FROM payouts o
    CROSS JOIN LATERAL (VALUES
        ('payout_requested', 'available', 'reserved', o.requested_at),
        ('payout_completed', 'reserved', 'paid', o.processed_at)
    ) AS moved (kind, debit, credit, at)
    WHERE o.id = 'dd000001-0000-0000-0000-000000000001';

    -- Wallets, the projection of that journal. They exist since their users do.
    UPDATE wallets w
    SET pending_minor = w.pending_minor + m.pending,
        available_minor = w.available_minor + m.available,
        reserved_minor = w.reserved_minor + m.reserved,
        paid_minor = w.paid_minor + m.paid,
        version = w.version + m.transfers
    FROM (
        SELECT user_id,
               coalesce(sum(amount_minor) FILTER (WHERE account = 'pending'), 0) AS pending,
               coalesce(sum(amount_minor) FILTER (WHERE account = 'available'), 0) AS available,
               coalesce(sum(amount_minor) FILTER (WHERE account = 'reserved'), 0) AS reserved,
               coalesce(sum(amount_minor) FILTER (WHERE account = 'paid'), 0) AS paid,
               count(DISTINCT transfer_id) AS transfers
        FROM (
            SELECT id AS transfer_id, user_id, credit AS account, amount_minor, purchase_id, payout_id
            FROM ledger_transfers
            UNION ALL
            SELECT id, user_id, debit, -amount_minor, purchase_id, payout_id
            FROM ledger_transfers
        ) AS entries
        WHERE purchase_id = ANY (purchased) OR payout_id = 'dd000001-0000-0000-0000-000000000001'
        GROUP BY user_id
    ) AS m
    WHERE w.user_id = m.user_id;

    -- Feature flags. A flag that an admin has set before stays as it is.
    INSERT INTO feature_flags (id, key, scope_type, scope_id, enabled, created_at, updated_at)
    VALUES
        ('ff000001-0000-0000-0000-000000000001', 'purchase_auto_confirm', 'global', NULL, true, beginning, beginning),
        ('ff000001-0000-0000-0000-000000000002', 'purchase_auto_confirm', 'merchant',
         'f0000000-0000-0000-0000-000000000001', false, beginning, beginning),
        ('ff000001-0000-0000-0000-000000000003', 'purchase_auto_confirm', 'user',
         'e0e1e2e3-f4a5-4b6c-7d8e-9f0a1b2c3d4e', false, beginning, beginning)
    ON CONFLICT ON CONSTRAINT feature_flags_scope_key DO NOTHING;
END $demo$;
