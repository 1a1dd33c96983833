package com.clicknback.model;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** The real service with the users and merchants of the model, and their names there. */
final class Stage implements AutoCloseable {
    private static final UUID UNDECIDED_MERCHANT = new UUID(0x1111_4111L, 0x8111_1111_1111_1111L);
    private static final UUID NOBODY = new UUID(0x2222_4222L, 0x8222_2222_2222_2222L);

    final Processes processes;
    private final TestClock clock;
    private final Map<String, UUID> idsByName = new HashMap<>();
    private final Map<UUID, String> namesById = new HashMap<>();
    private final Map<String, Partner> partners = new HashMap<>();
    private final UUID admin;
    private final List<String> clicks = new ArrayList<>();
    private int payouts;
    private int through;

    Stage(Address database, Instant start, World world) {
        clock = TestClock.standing(start);
        processes = new Processes(
                database, clock, Map.of("CLICKNBACK_REJECTION_MERCHANT_ID", UNDECIDED_MERCHANT.toString()));
        List<UUID> people = given().users(world.users.size() + 1);
        admin = people.get(world.users.size());
        sql().execute("UPDATE users SET role = 'admin' WHERE id = ?", admin);
        for (int i = 0; i < world.users.size(); i++) {
            meet(world.users.get(i), people.get(i));
        }
        world.merchants.values().forEach(this::open);
        world.partners.forEach(this::join);
    }

    private void open(ModelMerchant merchant) {
        if (merchant.name.equals(World.UNDECIDED)) {
            sql().execute("""
                    INSERT INTO merchants (id, name, default_percentage_e4, active, created_at)
                    VALUES (?, ?, 10000 * ?, true, now())
                    """, UNDECIDED_MERCHANT, merchant.name, merchant.defaultPercentage);
            meet(merchant.name, UNDECIDED_MERCHANT);
        } else {
            JsonObject body = JsonObject.of(
                            "name", merchant.name, "default_cashback_percentage", merchant.defaultPercentage)
                    .put("tracking_url_template", "https://shop.example/?ref={click_id}")
                    .put("hold_days", merchant.holdDays == 0 ? null : merchant.holdDays);
            meet(merchant.name, admin().post("/merchants", body).expect(201));
        }
        merchant.offers.forEach(offer -> open(merchant, offer));
    }

    private void open(ModelMerchant merchant, ModelOffer offer) {
        JsonObject body = JsonObject.of("merchant_id", id(merchant.name))
                .put("cashback_type", offer.reward.percent() ? "percent" : "fixed")
                .put("cashback_value", offer.reward.value().toPlainString())
                .put("start_date", offer.firstDay.toString())
                .put("end_date", offer.lastDay.toString())
                .put("monthly_cap", Decimals.text(offer.monthlyCapMinor));
        meet(offerName(offer.name), admin().post("/offers", body).expect(201));
    }

    private void join(String name) {
        JsonObject created = admin().post("/partners", JsonObject.of("name", name))
                .expect(201)
                .json();
        meet(name, UUID.fromString(created.getString("id")));
        partners.put(name, new Partner(uuid(name), created.getString("secret")));
    }

    /** Merchants and their offers may have the same names in the model. */
    static String offerName(String offer) {
        return "offer " + offer;
    }

    void meet(String name, UUID id) {
        idsByName.put(name, id);
        namesById.put(id, name);
    }

    /** Remembers what a name stands for from now on. */
    void meet(String name, Reply created) {
        meet(name, UUID.fromString(created.json().getString("id")));
    }

    /** Payouts are numbered in the order in which they are granted. */
    void meetPayout(Reply created) {
        meet("payout-" + payouts++, created);
    }

    /** Clicks are numbered in the order in which they are made. */
    void meetClick(String id) {
        clicks.add(id);
    }

    UUID uuid(String name) {
        return idsByName.getOrDefault(name, NOBODY);
    }

    String id(String name) {
        return uuid(name).toString();
    }

    /** The model's name for an id of the service. */
    String name(String id) {
        return namesById.getOrDefault(UUID.fromString(id), id);
    }

    /** Sends the next requests to this process. */
    void goThrough(int process) {
        through = process;
    }

    TestService service() {
        return processes.get(through);
    }

    Sql sql() {
        return processes.sql();
    }

    TestClock clock() {
        return clock;
    }

    /** Wakes the followers of one process and returns once they have nothing left to do. */
    void settle(World before) {
        if (!before.cashback.uncredited().isEmpty()) {
            service().awaitCredits();
        }
        if (!before.awaitingEvents().isEmpty()) {
            service().awaitPartnerEvents();
        }
    }

    private Scenario given() {
        return new Scenario(service());
    }

    ApiClient as(String user) {
        return service().api().as(given().session(uuid(user)));
    }

    ApiClient admin() {
        return service().api().as(given().session(admin));
    }

    Reply sign(String partner, JsonObject body) {
        Partner signer = partners.get(partner);
        return given().signed(signer, signer.purchasesPath(), body.encode());
    }

    Reply signBatch(String partner, List<JsonObject> purchases) {
        return given().report(partners.get(partner), purchases);
    }

    /** The members of a purchase on the wire. */
    JsonObject members(ModelSubmission submission) {
        JsonObject members = JsonObject.of("external_id", submission.name().externalId());
        if (!submission.isByClickAlone()) {
            members.put("user_id", id(submission.user())).put("merchant_id", id(submission.merchant()));
        }
        if (submission.click() != null) {
            String name = submission.click().click().name();
            members.put("click_id", clicks.get(Integer.parseInt(name.substring(name.indexOf('-') + 1))));
        }
        members.put("amount", Decimals.text(submission.amountMinor())).put("currency", submission.currency());
        if (submission.orderRef() != null) {
            members.put("order_ref", submission.orderRef());
        }
        return submission.purchasedAt() == null
                ? members
                : members.put("purchased_at", submission.purchasedAt().toString());
    }

    /** A refusal, with what the model knows of its details. */
    ExpectedAnswer refusal(Reply reply) {
        return refusal(reply.status(), reply.json().getJsonObject("error"));
    }

    ExpectedAnswer refusal(int status, JsonObject error) {
        JsonObject details = error.getJsonObject("details");
        String code = error.getString("code");
        return switch (code) {
            case "EXTERNAL_ID_REUSED" ->
                ExpectedAnswer.refused(
                        status, code, joined(details.getJsonArray("fields").getList()));
            case "VALIDATION_ERROR" ->
                ExpectedAnswer.refused(
                        status, code, joined(violations(details, "field")).replace("data.", ""));
            case "PAYOUT_POLICY_VIOLATION" -> ExpectedAnswer.refused(status, code, joined(violations(details, "rule")));
            case "DUPLICATE_PURCHASE" ->
                details.containsKey("purchase_id")
                        ? ExpectedAnswer.refused(
                                status, code, name(details.getString("purchase_id")), details.getString("status"))
                        : ExpectedAnswer.refused(status, code);
            default -> ExpectedAnswer.refused(status, code);
        };
    }

    private static List<String> violations(JsonObject details, String member) {
        return details.getJsonArray("violations").stream()
                .map(violation -> ((JsonObject) violation).getString(member))
                .toList();
    }

    private static String joined(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    @Override
    public void close() {
        processes.close();
    }
}
