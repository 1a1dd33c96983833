package com.clicknback.purchases;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Confirmation, rejection and reversal by admins. */
@ExtendWith(ServiceExtension.class)
class PurchaseDecisionsTest {
    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private Session user;
    private ApiClient admin;
    private UUID merchant;

    PurchaseDecisionsTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @BeforeEach
    void aUserAtAMerchantOfFivePercent() {
        user = given.member();
        admin = given.asAdmin();
        merchant = given.merchant();
    }

    @ParameterizedTest(name = "credited before: {0}")
    @ValueSource(booleans = {true, false})
    void confirmationMakesTheCashbackAvailable(boolean credited) {
        UUID id = bought(credited);
        JsonObject confirmed = confirm(id).expect(200).json();
        assertThat(confirmed).isEqualTo(decided(id, "confirmed", "2.50"));
        assertThat(given.balances(user)).isEqualTo(wallet("0.00", "2.50"));
        assertThat(shown(id)).isEqualTo("confirmed available 2.50");
        assertThat(journal()).containsExactly("cashback_confirmed pending available", "cashback_credit null pending");
    }

    @ParameterizedTest(name = "credited before: {0}")
    @ValueSource(booleans = {true, false})
    void rejectionTakesTheCashbackBackAndKeepsItsAmount(boolean credited) {
        UUID id = bought(credited);
        JsonObject rejected = reject(id, "returned").expect(200).json();
        assertThat(rejected).isEqualTo(decided(id, "rejected", "2.50"));
        assertThat(given.balances(user)).isEqualTo(wallet("0.00", "0.00"));
        assertThat(shown(id)).isEqualTo("rejected rejected 2.50");
        assertThat(given.purchase(id).getString("rejection_reason")).isEqualTo("returned");
        assertThat(journal()).containsExactly("cashback_rejected pending null", "cashback_credit null pending");
    }

    @ParameterizedTest(name = "credited before: {0}")
    @ValueSource(booleans = {true, false})
    void reversalOfAPendingPurchaseTakesItFromPending(boolean credited) {
        UUID id = bought(credited);
        JsonObject reversed = reverse(id, null).expect(200).json();
        assertThat(reversed).isEqualTo(decided(id, "reversed", "0.00"));
        assertThat(given.balances(user)).isEqualTo(wallet("0.00", "0.00"));
        assertThat(shown(id)).isEqualTo("reversed reversed 0.00");
        assertThat(journal()).containsExactly("cashback_reversed pending null", "cashback_credit null pending");
    }

    @Test
    void reversalOfAConfirmedPurchaseTakesItFromAvailable() {
        UUID id = bought(true);
        confirm(id).expect(200);
        reverse(id, "fraud").expect(200);
        assertThat(given.balances(user)).isEqualTo(wallet("0.00", "0.00"));
        assertThat(journal())
                .containsExactly(
                        "cashback_reversed available null",
                        "cashback_confirmed pending available",
                        "cashback_credit null pending");
    }

    /** A cashback of nothing has no journal row, but its state moves all the same. */
    @Test
    void aCashbackOfNothingMovesItsStateOnly() {
        UUID confirmed = given.buy(user, merchant, "0.10");
        UUID rejected = given.buy(user, merchant, "0.10");
        UUID reversed = given.buy(user, merchant, "0.10");
        service.awaitCredits();
        assertThat(shown(confirmed)).isEqualTo("pending pending 0.00");
        confirm(confirmed).expect(200);
        reject(rejected, "no").expect(200);
        reverse(reversed, null).expect(200);
        assertThat(Stream.of(confirmed, rejected, reversed).map(this::shown))
                .containsExactly("confirmed available 0.00", "rejected rejected 0.00", "reversed reversed 0.00");
        assertThat(journal()).isEmpty();
    }

    @Test
    void aPurchaseIsChangedWhenItsStateChanges() {
        UUID id = bought(true);
        Instant before = Instant.parse(given.purchase(id).getString("updated_at"));
        confirm(id).expect(200);
        assertThat(Instant.parse(given.purchase(id).getString("updated_at"))).isAfter(before);
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        "confirm, confirm, PURCHASE_NOT_PENDING,      confirmed",
        "confirm, reject,  PURCHASE_NOT_PENDING,      rejected",
        "confirm, reverse, PURCHASE_NOT_PENDING,      reversed",
        "reject,  confirm, PURCHASE_NOT_PENDING,      confirmed",
        "reject,  reject,  PURCHASE_NOT_PENDING,      rejected",
        "reject,  reverse, PURCHASE_NOT_PENDING,      reversed",
        "reverse, reject,  PURCHASE_NOT_REVERSIBLE,   rejected",
        "reverse, reverse, PURCHASE_ALREADY_REVERSED, reversed"
    })
    void aDecisionThatComesTooLateIsRefusedAndChangesNothing(String late, String first, String code, String current) {
        UUID id = bought(true);
        decide(id, first).expect(200);
        String before = stateOf(id);
        Reply refused = decide(id, late);
        JsonObject details = refused.expectError(400, code);
        JsonObject violation = details.getJsonArray("violations").getJsonObject(0);
        assertThat(violation.getString("purchase_id")).isEqualTo(id.toString());
        assertThat(violation.getString("current_status")).isEqualTo(current);
        if (late.equals("reverse")) {
            assertThat(violation.getJsonArray("reversible_from_statuses")).containsExactly("pending", "confirmed");
        } else {
            assertThat(violation.getString("required_status")).isEqualTo("pending");
            assertThat(refused.json().getJsonObject("error").getString("message"))
                    .contains(current);
        }
        assertThat(stateOf(id)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm", "reject", "reverse"})
    void anUnknownPurchaseIsNotFound(String decision) {
        for (String id : List.of(UUID.randomUUID().toString(), "42")) {
            JsonObject details = decide(id, decision).expectError(404, "NOT_FOUND");
            assertThat(details).isEqualTo(JsonObject.of("resource_type", "purchase", "resource_id", id));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm", "reject", "reverse"})
    void decisionsAreForAdmins(String decision) {
        UUID id = bought(true);
        ApiClient owner = service.api().as(user);
        JsonObject details = decide(owner, id.toString(), decision).expectError(403, "FORBIDDEN");
        assertThat(details).isEqualTo(JsonObject.of("required_role", "admin", "current_role", "user"));
        decide(service.api(), id.toString(), decision).expectError(401, "INVALID_TOKEN");
        assertThat(shown(id)).isEqualTo("pending pending 2.50");
    }

    @Test
    void keepsTheWholeReasonOfARejection() {
        UUID id = bought(false);
        String longest = "𝄞".repeat(1000);
        reject(id, longest).expect(200);
        assertThat(given.purchase(id).getString("rejection_reason")).isEqualTo(longest);
    }

    @Test
    void aReversalMayHaveAReason() {
        admin.patch("/purchases/" + bought(true) + "/reverse", "{\"reason\":null}")
                .expect(200);
        admin.patch("/purchases/" + bought(true) + "/reverse", "{}").expect(200);
        UUID id = bought(true);
        reverse(id, "fraud").expect(200);
        assertThat(auditOf(id).get(0).getJsonObject("details").getString("reason"))
                .isEqualTo("fraud");
    }

    @Test
    void aConfirmationIgnoresABody() {
        admin.post("/purchases/" + bought(true) + "/confirmation", "no JSON at all")
                .expect(200);
    }

    @Test
    void featureFlagsDoNotBindAdmins() {
        UUID id = bought(true);
        admin.put(
                        "/feature-flags/purchase_auto_confirm",
                        JsonObject.of(
                                "enabled",
                                false,
                                "scope_type",
                                "user",
                                "scope_id",
                                user.userId().toString()))
                .expect(200);
        confirm(id).expect(200);
    }

    @Test
    void eachDecisionIsAuditedOnce() {
        UUID confirmed = bought(true);
        confirm(confirmed).expect(200);
        confirm(confirmed).expect(400);
        reverse(confirmed, "fraud").expect(200);
        List<JsonObject> rows = auditOf(confirmed).stream()
                .filter(row -> row.getString("resource_type").equals("purchase"))
                .toList();
        assertThat(rows)
                .extracting(row -> row.getString("action"))
                .containsExactly("PURCHASE_REVERSED", "PURCHASE_CONFIRMED");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.getString("actor_type")).isEqualTo("admin");
            assertThat(row.getString("actor_id"))
                    .isEqualTo(given.admin().userId().toString());
            assertThat(row.getString("outcome")).isEqualTo("success");
        });
        assertThat(rows.get(0).getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "prior_status", "confirmed",
                        "amount", "50.00",
                        "currency", "EUR",
                        "cashback_amount", "2.50",
                        "reason", "fraud"));
        assertThat(rows.get(1).getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "merchant_id", merchant.toString(),
                        "amount", "50.00",
                        "currency", "EUR",
                        "cashback_amount", "2.50"));
        UUID rejected = bought(true);
        reject(rejected, "returned").expect(200);
        assertThat(auditOf(rejected).get(0).getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "merchant_id", merchant.toString(),
                        "amount", "50.00",
                        "currency", "EUR",
                        "reason", "returned"));
    }

    /** A change, its wallet movement, its audit row and its event are one transaction. */
    @Test
    void whatCannotBeAuditedOrLoggedDoesNotHappen() {
        for (String table : List.of("audit_log", "event_log", "ledger_transfers")) {
            UUID id = bought(true);
            String before = stateOf(id);
            sql.execute("CREATE OR REPLACE FUNCTION refuse_insert() RETURNS trigger LANGUAGE plpgsql AS"
                    + " $$ BEGIN RAISE EXCEPTION 'refused'; END $$");
            sql.execute("CREATE TRIGGER refused BEFORE INSERT ON " + table
                    + " FOR EACH STATEMENT EXECUTE FUNCTION refuse_insert()");
            try {
                confirm(id).expectError(500, "INTERNAL_SERVER_ERROR");
            } finally {
                sql.execute("DROP TRIGGER refused ON " + table);
            }
            assertThat(stateOf(id)).as(table).isEqualTo(before);
            confirm(id).expect(200);
        }
    }

    private UUID bought(boolean credited) {
        UUID id = given.buy(user, merchant, "50.00");
        if (credited) {
            service.awaitCredits();
        }
        return id;
    }

    private Reply confirm(UUID id) {
        return decide(id, "confirm");
    }

    private Reply reject(UUID id, String reason) {
        return admin.post("/purchases/" + id + "/rejection", JsonObject.of("reason", reason));
    }

    private Reply reverse(UUID id, String reason) {
        return admin.patch("/purchases/" + id + "/reverse", reason == null ? null : JsonObject.of("reason", reason));
    }

    private Reply decide(Object id, String decision) {
        return decide(admin, id.toString(), decision);
    }

    private static Reply decide(ApiClient client, String id, String decision) {
        return decideAsync(client, id, decision).join();
    }

    private static CompletableFuture<Reply> decideAsync(ApiClient client, String id, String decision) {
        String path = "/purchases/" + id;
        return switch (decision) {
            case "confirm" -> client.sendAsync("POST", path + "/confirmation", null);
            case "reject" -> client.sendAsync("POST", path + "/rejection", JsonObject.of("reason", "returned"));
            default -> client.sendAsync("PATCH", path + "/reverse", null);
        };
    }

    private JsonObject decided(UUID id, String status, String cashback) {
        JsonObject purchase = given.purchase(id);
        return JsonObject.of("id", id.toString(), "status", status, "cashback_amount", cashback)
                .put("cashback_status", status.equals("confirmed") ? "available" : status)
                .put("payable_at", purchase.getString("payable_at"));
    }

    private static JsonObject wallet(String pending, String available) {
        return new JsonObject("{\"pending_balance\":\"%s\",\"available_balance\":\"%s\",\"reserved_balance\":\"0.00\","
                        .formatted(pending, available)
                + "\"paid_balance\":\"0.00\"}");
    }

    private String shown(UUID id) {
        JsonObject purchase = given.purchase(id);
        return purchase.getString("status") + " " + purchase.getString("cashback_status") + " "
                + purchase.getString("cashback_amount");
    }

    /** Everything that a decision could change. */
    private String stateOf(UUID id) {
        return given.purchase(id).encode()
                + given.wallet(user).encode()
                + journal()
                + auditOf(id).size()
                + sql.count("SELECT count(*) FROM verifications WHERE purchase_id = ?", id);
    }

    private List<String> journal() {
        return service.api().as(user).get("/users/me/wallet/transactions").data().stream()
                .map(row -> row.getString("type") + " " + row.getString("from") + " " + row.getString("to"))
                .toList();
    }

    private List<JsonObject> auditOf(UUID id) {
        return admin.get("/audit-logs?resource_id=" + id).data();
    }
}
