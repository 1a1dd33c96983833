package com.clicknback.bench;

import com.clicknback.testing.MintedToken;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Requests made, and signed, before they are due, so that making them costs the measured machine nothing. */
final class Requests {
    private static final int CENTS_MAX = 20_000;
    private static final int READS_PER_100 = 15;
    private static final int ADMIN_PER_100 = 5;
    private static final int PERCENT = 100;
    private static final List<String> ADMIN_PATHS = List.of(
            "/api/v1/merchants?limit=20",
            "/api/v1/offers?limit=20",
            "/api/v1/audit-logs?limit=20",
            "/api/v1/feature-flags?limit=20");

    private final Load load;
    private final Random random;
    private final Mac mac;
    private final String timestamp;
    private final String purchasedAt;
    private final List<String> tokens;
    private long next;

    /**
     * A request as it goes over the wire.
     *
     * @param firstNumber of its purchases; -1 when it brings none
     */
    record Prepared(byte[] bytes, long firstNumber, int purchases) {}

    Requests(Load load) {
        this.load = load;
        this.next = load.firstNumber();
        this.random = new Random(load.firstNumber());
        Instant now = Instant.now();
        this.timestamp = Long.toString(now.getEpochSecond());
        this.purchasedAt = now.minusSeconds(60).toString();
        this.tokens = needsTokens(load.kind())
                ? IntStream.range(0, load.users())
                        .mapToObj(i -> MintedToken.of(Seed.userId(i), "user", now))
                        .toList()
                : List.of();
        try {
            this.mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Seed.PARTNER_KEY, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean needsTokens(Load.Kind kind) {
        return switch (kind) {
            case WEBHOOK, ORDER_WEBHOOK, CLICK_WEBHOOK, BATCH_WEBHOOK -> false;
            default -> true;
        };
    }

    /** Prepares as many requests as the phase may need; reads are sent again and again. */
    Prepared[] prepare() {
        return IntStream.range(0, load.requestsMax()).mapToObj(i -> one()).toArray(Prepared[]::new);
    }

    private Prepared one() {
        return switch (load.kind()) {
            case WEBHOOK, ORDER_WEBHOOK, CLICK_WEBHOOK -> webhook();
            case BATCH_WEBHOOK -> batch();
            case OWN_PURCHASE -> own();
            case WALLET -> read("/api/v1/users/me/wallet");
            case OWN_PURCHASES -> read("/api/v1/users/me/purchases?limit=20");
            case CLICK -> click();
            case MIXED_DAY -> mixed();
        };
    }

    private Prepared click() {
        String merchant = Seed.merchantId(random.nextInt(load.merchants())).toString();
        String token = tokens.get(random.nextInt(tokens.size()));
        String body = "{\"merchant_id\":\"" + merchant + "\"}";
        return new Prepared(
                post("/api/v1/users/me/clicks", "Authorization: Bearer " + token + "\r\n", body, 0, 0)
                        .bytes(),
                -1,
                0);
    }

    private Prepared mixed() {
        int draw = random.nextInt(PERCENT);
        if (draw < ADMIN_PER_100) {
            String path = ADMIN_PATHS.get(random.nextInt(ADMIN_PATHS.size()));
            return get(path, MintedToken.of(Seed.ADMIN_ID, "admin", Instant.now()));
        }
        if (draw < ADMIN_PER_100 + READS_PER_100) {
            return read(random.nextBoolean() ? "/api/v1/users/me/wallet" : "/api/v1/users/me/purchases?limit=20");
        }
        return webhook();
    }

    private Prepared webhook() {
        boolean duplicate = random.nextInt(PERCENT) < load.duplicatePercent() && next > load.firstNumber();
        long number = duplicate ? load.firstNumber() + random.nextLong(next - load.firstNumber()) : next++;
        String body = "{\"type\":\"purchase.created\",\"timestamp\":\"" + purchasedAt + "\",\"data\":"
                + purchase(number, Seed.userId(userOf(number)).toString()) + "}";
        return signed("/purchases", body, number, 1);
    }

    private Prepared batch() {
        StringBuilder body = new StringBuilder("{\"type\":\"purchase.batch\",\"timestamp\":\"")
                .append(purchasedAt)
                .append("\",\"data\":{\"purchases\":[");
        long first = next;
        for (int i = 0; i < load.purchasesPerRequest(); i++) {
            long number = next++;
            body.append(i == 0 ? "" : ",")
                    .append(purchase(number, Seed.userId(userOf(number)).toString()));
        }
        return signed("/purchases/batch", body.append("]}}").toString(), first, load.purchasesPerRequest());
    }

    private Prepared own() {
        long number = next++;
        int user = userOf(number);
        String body = purchase(number, Seed.userId(user).toString());
        return post("/api/v1/purchases", "Authorization: Bearer " + tokens.get(user) + "\r\n", body, number, 1);
    }

    /** A number always means the same purchase. */
    private String purchase(long number, String userId) {
        int cents = (int) (mixed(number) % CENTS_MAX) + 1;
        String buyer = load.kind() == Load.Kind.CLICK_WEBHOOK
                ? "\"click_id\":\"" + Seed.clickId(userOf(number)).text()
                : "\"user_id\":\"" + userId + "\",\"merchant_id\":\""
                        + Seed.merchantId((int) (mixed(number + 1) % load.merchants()));
        String order = load.kind() == Load.Kind.ORDER_WEBHOOK ? "\"order_ref\":\"at-shop-" + number + "\"," : "";
        return "{\"external_id\":\"" + Seed.externalId(number) + "\"," + order + buyer + "\",\"amount\":\""
                + cents / PERCENT
                + "." + cents / 10 % 10 + cents % 10 + "\",\"currency\":\"EUR\",\"purchased_at\":\"" + purchasedAt
                + "\"}";
    }

    private int userOf(long number) {
        return (int) (mixed(number + 2) % load.users());
    }

    private static long mixed(long number) {
        long z = number * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        return (z ^ (z >>> 27)) & Long.MAX_VALUE;
    }

    private Prepared signed(String path, String body, long number, int purchases) {
        String id = "msg_" + number;
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(latin(id + "." + timestamp + "." + body)));
        String headers = "webhook-id: " + id + "\r\nwebhook-timestamp: " + timestamp + "\r\nwebhook-signature: v1,"
                + signature + "\r\n";
        return post("/api/v1/webhooks/" + Seed.PARTNER_ID + path, headers, body, number, purchases);
    }

    private static Prepared post(String path, String headers, String body, long number, int purchases) {
        return new Prepared(
                latin("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body),
                number,
                purchases);
    }

    private Prepared read(String path) {
        return get(path, tokens.get(random.nextInt(tokens.size())));
    }

    private static Prepared get(String path, String token) {
        return new Prepared(
                latin("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n"),
                -1,
                0);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
