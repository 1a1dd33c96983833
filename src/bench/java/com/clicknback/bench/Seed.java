package com.clicknback.bench;

import com.clicknback.TestConfig;
import com.clicknback.clicks.ClickId;
import com.clicknback.partners.SecretCipher;
import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.crypto.Sealed;
import com.clicknback.testing.Sql;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;

/** The users, merchants, offers and the partner that every measured database begins with. */
final class Seed {
    static final String PREFIX_OF_USERS = prefix(1);
    static final String PREFIX_OF_MERCHANTS = prefix(2);
    static final UUID PARTNER_ID = id(3, 0);
    static final UUID ADMIN_ID = id(4, 0);
    static final byte[] PARTNER_KEY = "a key for benchmarks alone, no secret".getBytes(StandardCharsets.US_ASCII);

    private static final String USERS = """
            INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)
            SELECT (? || lpad(to_hex(i), 12, '0'))::uuid, 'user' || i || '@example.com', 'user' || i || '@example.com',
                   '-', 'user', true, now()
            FROM generate_series(0, ?) i
            """;

    private static final String ADMIN = """
            INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)
            VALUES (?, 'admin@example.com', 'admin@example.com', '-', 'admin', true, now())
            """;

    private static final String MERCHANTS = """
            INSERT INTO merchants (id, name, default_percentage_e4, tracking_url_template, active, created_at)
            SELECT (? || lpad(to_hex(i), 12, '0'))::uuid, 'Merchant ' || i, 20000, 'https://shop.example/?ref={click_id}',
                   true, now()
            FROM generate_series(0, ?) i
            """;

    /** Percentages from 1 to 10, and caps so high that they are counted and never met. */
    private static final String OFFERS = """
            INSERT INTO offers (id, merchant_id, cashback_type, cashback_value_e4, monthly_cap_minor,
                                start_date, end_date, active, created_at)
            SELECT gen_random_uuid(), id, 'percent', 10000 * (1 + row_number() OVER (ORDER BY id) % 10), 900000000000,
                   current_date - 30, current_date + 300, true, now()
            FROM merchants
            """;

    private static final String PARTNER = """
            INSERT INTO partners (id, name, active, created_at) VALUES (?, 'Bench', true, now())
            """;

    private static final String PARTNER_SECRET = """
            INSERT INTO partner_secrets (id, partner_id, wrapped, key_id, created_at) VALUES (?, ?, ?, ?, now())
            """;

    /** A click of each user of yesterday, at one of the merchants, with the terms of its offer. */
    private static final String CLICKS = """
            INSERT INTO clicks (id, user_id, merchant_id, offer_id, cashback_type, cashback_value_e4, monthly_cap_minor,
                                expires_at)
            SELECT (? || lpad(to_hex(i), 12, '0'))::uuid, (? || lpad(to_hex(i), 12, '0'))::uuid, o.merchant_id, o.id,
                   o.cashback_type, o.cashback_value_e4, o.monthly_cap_minor, now() + interval '30 days'
            FROM generate_series(0, ?) i
            JOIN offers o ON o.merchant_id = (? || lpad(to_hex(i % ?), 12, '0'))::uuid
            """;

    private Seed() {}

    static UUID userId(int user) {
        return id(1, user);
    }

    static UUID merchantId(int merchant) {
        return id(2, merchant);
    }

    /** The click of a user; it was made when yesterday began. */
    static ClickId clickId(int user) {
        return new ClickId(UUID.fromString(prefixOfClicks() + String.format("%012x", user)));
    }

    private static String prefixOfClicks() {
        Instant yesterday = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(1));
        String time = String.format("%012x", yesterday.toEpochMilli());
        return time.substring(0, 8) + "-" + time.substring(8) + "-7000-8000-";
    }

    static void clicks(Sql sql) {
        sql.execute(CLICKS, prefixOfClicks(), PREFIX_OF_USERS, Load.USERS - 1, PREFIX_OF_MERCHANTS, Load.MERCHANTS);
        sql.execute("ANALYZE clicks");
    }

    static String externalId(long number) {
        return "order-" + number;
    }

    private static UUID id(int kind, int number) {
        return UUID.fromString(prefix(kind) + String.format("%012x", number));
    }

    private static String prefix(int kind) {
        return "0000000" + kind + "-0000-7000-8000-";
    }

    /** Fills a migrated database. */
    static void fill(Sql sql) {
        sql.execute(USERS, PREFIX_OF_USERS, Load.USERS - 1);
        sql.execute(ADMIN, ADMIN_ID);
        sql.execute(MERCHANTS, PREFIX_OF_MERCHANTS, Load.MERCHANTS - 1);
        sql.execute(OFFERS);
        sql.execute(PARTNER, PARTNER_ID);
        UUID secretId = id(5, 0);
        Sealed wrapped = secretCipher().wrap(PARTNER_ID, secretId, partnerSecret());
        sql.execute(PARTNER_SECRET, secretId, PARTNER_ID, wrapped.bytes(), wrapped.keyId());
        sql.execute("ANALYZE");
    }

    private static SecretCipher secretCipher() {
        byte[] key = Base64.getDecoder().decode(TestConfig.ENCRYPTION_KEY);
        return new SecretCipher(new Keyring(new SecretKeySpec(key, "AES"), List.of()));
    }

    private static WebhookSecret partnerSecret() {
        return WebhookSecret.ofText("whsec_" + Base64.getEncoder().encodeToString(PARTNER_KEY));
    }
}
