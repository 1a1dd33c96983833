package com.clicknback.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Users, merchants, offers and partners of tests; each test makes its own, over the API. */
public final class Scenario {
    private static final AtomicLong SERIAL = new AtomicLong();
    private static final String RUN = Long.toString(System.currentTimeMillis(), 36);

    private final TestService service;
    private @Nullable Session admin;
    private @Nullable Instant adminSince;

    public Scenario(TestService service) {
        this.service = service;
    }

    /** A text that no other test uses. */
    public static String unique(String prefix) {
        return prefix + "-" + RUN + "-" + SERIAL.incrementAndGet();
    }

    /** A new user, logged in. */
    public Session user() {
        String email = unique("user") + "@example.com";
        JsonObject credentials = JsonObject.of("email", email, "password", Session.PASSWORD);
        JsonObject user = service.api().post("/users", credentials).expect(201).json();
        return login(UUID.fromString(user.getString("id")), email);
    }

    /** A new user with an access token, but without a password: costs no hashing, for tests that log nobody in. */
    public Session member() {
        return session(users(1).get(0));
    }

    /** A session of any user, administrators too, with an access token that is issued now. */
    public Session session(UUID userId) {
        return new Session(
                userId,
                userId + "@example.com",
                MintedToken.of(userId, service.clock().instant()),
                "none");
    }

    /** A new session of a user of these fixtures. */
    public Session login(UUID userId, String email) {
        JsonObject tokens = service.api()
                .post("/auth/login", JsonObject.of("email", email, "password", Session.PASSWORD))
                .expect(200)
                .json();
        return new Session(userId, email, tokens.getString("access_token"), tokens.getString("refresh_token"));
    }

    /** A new user who is an administrator. */
    public Session newAdmin() {
        Session promoted = user();
        service.sql().execute("UPDATE users SET role = 'admin' WHERE id = ?", promoted.userId());
        return promoted;
    }

    /** An administrator that tests share; its access token is fresh enough for one test. */
    public synchronized Session admin() {
        Instant now = service.clock().instant();
        if (admin == null) {
            admin = newAdmin();
            adminSince = now;
        } else if (adminSince.plus(5, ChronoUnit.MINUTES).isBefore(now)) {
            admin = login(admin.userId(), admin.email());
            adminSince = now;
        }
        return admin;
    }

    /** A client of the shared administrator. */
    public ApiClient asAdmin() {
        return service.api().as(admin());
    }

    /** A client of this user. */
    public ApiClient as(Session user) {
        return service.api().as(user);
    }

    /** The part about payouts. */
    public PayoutScenario payouts() {
        return new PayoutScenario(service, this);
    }

    /** Users without a password, for tests that need many; the rows are written directly. */
    public List<UUID> users(int count) {
        return service.sql().column("""
                        INSERT INTO users (id, email, email_key, password_hash, role, active, created_at)
                        SELECT gen_random_uuid(), ? || '-' || n || '@example.com', ? || '-' || n || '@example.com',
                               '-', 'user', true, now()
                        FROM generate_series(1, ?) n RETURNING id
                        """, unique("bulk"), unique("bulk"), count);
    }

    /** An active merchant with a default of five percent. */
    public UUID merchant() {
        return merchant("5");
    }

    /** An active merchant with this default percentage. */
    public UUID merchant(String defaultPercentage) {
        JsonObject created = asAdmin()
                .post(
                        "/merchants",
                        "{\"name\":\"%s\",\"default_cashback_percentage\":%s}"
                                .formatted(unique("Merchant"), defaultPercentage))
                .expect(201)
                .json();
        return UUID.fromString(created.getString("id"));
    }

    /** An active merchant that takes clicks, which count for some days. */
    public UUID trackedMerchant(String defaultPercentage, int attributionDays) {
        JsonObject created = asAdmin()
                .post(
                        "/merchants",
                        "{\"name\":\"%s\",\"default_cashback_percentage\":%s,\"tracking_url_template\":\"%s\",\"attribution_days\":%s}"
                                .formatted(
                                        unique("Tracked"),
                                        defaultPercentage,
                                        "https://shop.example/go?ref={click_id}",
                                        attributionDays))
                .expect(201)
                .json();
        return UUID.fromString(created.getString("id"));
    }

    /** An active offer of a merchant, from today on for a year. */
    public UUID offer(UUID merchantId, String cashbackType, String value, String monthlyCap) {
        JsonObject created = asAdmin()
                .post(
                        "/offers",
                        JsonObject.of(
                                "merchant_id",
                                merchantId.toString(),
                                "cashback_type",
                                cashbackType,
                                "cashback_value",
                                value,
                                "monthly_cap",
                                monthlyCap,
                                "start_date",
                                service.clock().today().toString(),
                                "end_date",
                                service.clock().today().plusYears(1).toString()))
                .expect(201)
                .json();
        return UUID.fromString(created.getString("id"));
    }

    /** A new, active partner. */
    public Partner partner() {
        JsonObject created = asAdmin()
                .post("/partners", JsonObject.of("name", unique("Partner")))
                .expect(201)
                .json();
        return new Partner(UUID.fromString(created.getString("id")), created.getString("secret"));
    }

    /** The members of a purchase of this user, now, with an external id of its own. */
    public JsonObject purchase(UUID userId, UUID merchantId, String amount) {
        return JsonObject.of(
                "external_id",
                unique("ext"),
                "user_id",
                userId.toString(),
                "merchant_id",
                merchantId.toString(),
                "amount",
                amount,
                "currency",
                "EUR");
    }

    /** Sends what a user bought; returns the purchase's id. */
    public UUID buy(Session user, UUID merchantId, String amount) {
        JsonObject created = service.api()
                .as(user)
                .post("/purchases", purchase(user.userId(), merchantId, amount))
                .expect(201)
                .json();
        return UUID.fromString(created.getString("id"));
    }

    /** Sends what a user bought, and waits for its cashback; returns the purchase's id. */
    public UUID buyCredited(Session user, UUID merchantId, String amount) {
        UUID id = buy(user, merchantId, amount);
        service.awaitCredits();
        return id;
    }

    /** A purchase that a partner will tell of, by a user and at a merchant of its own; the merchant gives five percent. */
    public PartnerPurchase partnerPurchase(String amount) {
        return partnerPurchase(partner(), users(1).get(0), merchant(), amount);
    }

    /** A purchase that this partner will tell of. */
    public PartnerPurchase partnerPurchase(Partner partner, UUID userId, UUID merchantId, String amount) {
        return new PartnerPurchase(service, this, partner, userId, merchantId, amount);
    }

    /** The body of a single webhook about a purchase. */
    public JsonObject event(JsonObject purchase) {
        return JsonObject.of(
                "type",
                "purchase.created",
                "timestamp",
                service.clock().instant().toString(),
                "data",
                purchase);
    }

    /** The body of a batch webhook. */
    public JsonObject batch(List<JsonObject> purchases) {
        return JsonObject.of(
                "type",
                "purchase.batch",
                "timestamp",
                service.clock().instant().toString(),
                "data",
                JsonObject.of("purchases", new JsonArray(purchases)));
    }

    /** A partner reports one purchase. */
    public Reply report(Partner partner, JsonObject purchase) {
        return signed(partner, partner.purchasesPath(), event(purchase).encode());
    }

    /** A partner reports several purchases in one request. */
    public Reply report(Partner partner, List<JsonObject> purchases) {
        return signed(partner, partner.batchPath(), batch(purchases).encode());
    }

    /** A partner sends any body, signed now. */
    public Reply signed(Partner partner, String path, String body) {
        return service.api().with(partner.sign(body, service.clock().instant())).post(path, body);
    }

    /** A user's wallet, once everything accepted so far is credited. */
    public JsonObject wallet(Session user) {
        service.awaitCredits();
        return service.api().as(user).get("/users/me/wallet").expect(200).json();
    }

    /** The balances of that wallet, without what of them is held. */
    public JsonObject balances(Session user) {
        return balances(wallet(user));
    }

    /** The same of a wallet that was read. */
    public static JsonObject balances(JsonObject wallet) {
        wallet.remove("held_balance");
        wallet.remove("next_releases");
        return wallet;
    }

    /** A purchase as the administrator sees it. */
    public JsonObject purchase(UUID id) {
        return asAdmin().get("/purchases/" + id).expect(200).json();
    }

    /** The explanation of a purchase, as this client may read it. */
    public static JsonObject explain(ApiClient reader, UUID purchaseId) {
        return reader.get("/purchases/" + purchaseId + "/explanation")
                .expect(200)
                .json();
    }

    /** The explanation of a purchase, as an administrator reads it. */
    public JsonObject explain(UUID purchaseId) {
        return explain(asAdmin(), purchaseId);
    }
}
