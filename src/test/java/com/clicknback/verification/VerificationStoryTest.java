package com.clicknback.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The verification job of a whole service with its shipped verifier, as users and admins see it. */
class VerificationStoryTest {
    private static final UUID REJECTION_MERCHANT = UUID.randomUUID();
    private static final Duration INTERVAL = Duration.ofMinutes(60);

    private static TestService service;
    private static Scenario given;
    private Session user;
    private UUID merchant;

    @BeforeAll
    static void startService() {
        service = TestService.start(
                TestServer.shared().createMigratedDatabase(),
                new TestClock(),
                Map.of("CLICKNBACK_REJECTION_MERCHANT_ID", REJECTION_MERCHANT.toString()));
        given = new Scenario(service);
        service.sql()
                .execute(
                        "INSERT INTO merchants (id, name, default_percentage_e4, active, created_at)"
                                + " VALUES (?, 'Never Confirms', 50000, true, now())",
                        REJECTION_MERCHANT);
    }

    @AfterAll
    static void closeService() {
        service.requireCleanLedger();
        service.close();
    }

    @BeforeEach
    void aUserAtAMerchantOfFivePercent() {
        user = given.member();
        merchant = given.merchant();
    }

    @Test
    void aPurchaseIsConfirmedByTheNextRunInTheNameOfTheSystem() {
        UUID id = given.buy(user, merchant, "50.00");
        service.runVerification();
        JsonObject purchase = given.purchase(id);
        assertThat(purchase.getString("status")).isEqualTo("confirmed");
        assertThat(purchase.getString("cashback_status")).isEqualTo("available");
        assertThat(given.wallet(user).getString("available_balance")).isEqualTo("2.50");
        JsonObject row = auditOf(id, "PURCHASE_CONFIRMED");
        assertThat(row.getString("actor_type")).isEqualTo("system");
        assertThat(row.getString("actor_id")).isNull();
        assertThat(row.getJsonObject("details"))
                .isEqualTo(JsonObject.of(
                        "merchant_id", merchant.toString(),
                        "amount", "50.00",
                        "currency", "EUR",
                        "cashback_amount", "2.50"));
    }

    /** Three undecided attempts, an interval apart; then it is rejected with a reason that names their number. */
    @Test
    void aPurchaseAtTheRejectionMerchantIsRejectedWithTheThirdAttempt() {
        UUID id = given.buy(user, REJECTION_MERCHANT, "50.00");
        for (int attempt = 1; attempt < 3; attempt++) {
            service.runVerification();
            service.runVerification();
            assertThat(given.purchase(id).getString("status"))
                    .as("after attempt %s", attempt)
                    .isEqualTo("pending");
            service.clock().advance(INTERVAL);
        }
        service.runVerification();
        JsonObject purchase = given.purchase(id);
        assertThat(purchase.getString("status")).isEqualTo("rejected");
        assertThat(purchase.getString("cashback_status")).isEqualTo("rejected");
        assertThat(purchase.getString("cashback_amount")).isEqualTo("2.50");
        assertThat(purchase.getString("rejection_reason")).contains("3");
        assertThat(service.sql().count("SELECT pending_minor FROM wallets WHERE user_id = ?", user.userId()))
                .isZero();
        JsonObject details = auditOf(id, "PURCHASE_REJECTED").getJsonObject("details");
        assertThat(details.getString("reason")).isEqualTo(purchase.getString("rejection_reason"));
    }

    @Test
    void flagsGateEachAttemptAndTheirChangesCountAtOnce() {
        UUID ofUser = given.buy(user, merchant, "50.00");
        Session other = given.member();
        UUID gatedMerchant = given.merchant();
        UUID ofMerchant = given.buy(other, gatedMerchant, "50.00");
        UUID open = given.buy(other, merchant, "50.00");
        setFlag("user", user.userId(), false);
        setFlag("merchant", gatedMerchant, false);
        service.runVerification();
        assertThat(statuses(ofUser, ofMerchant, open)).containsExactly("pending", "pending", "confirmed");

        UUID later = given.buy(other, merchant, "50.00");
        setFlag("merchant", gatedMerchant, true);
        setFlag("global", null, false);
        service.runVerification();
        assertThat(statuses(ofUser, ofMerchant, later))
                .as("the user of the second has no row of its own: the global one is in force for it")
                .containsExactly("pending", "pending", "pending");

        given.asAdmin()
                .delete("/feature-flags/purchase_auto_confirm?scope_type=global")
                .expect(204);
        service.runVerification();
        assertThat(statuses(ofUser, ofMerchant, later)).containsExactly("pending", "confirmed", "confirmed");
        setFlag("user", user.userId(), true);
        service.runVerification();
        assertThat(statuses(ofUser)).containsExactly("confirmed");
    }

    @Test
    void aGateUsesNoAttempt() {
        UUID id = given.buy(user, REJECTION_MERCHANT, "50.00");
        setFlag("user", user.userId(), false);
        for (int i = 0; i < 4; i++) {
            service.runVerification();
            service.clock().advance(INTERVAL);
        }
        setFlag("user", user.userId(), true);
        service.runVerification();
        assertThat(statuses(id)).as("the first attempt").containsExactly("pending");
    }

    /** Two services run the job at the same moment: each purchase is decided once. */
    @Test
    @Timeout(120)
    void twoServicesShareTheJob() {
        try (TestService other = service.another(Map.of())) {
            List<JsonObject> items = Stream.generate(() -> given.purchase(user.userId(), merchant, "10.00"))
                    .limit(600)
                    .toList();
            given.report(given.partner(), items).expect(200);
            Future<?> here = service.app().runVerification();
            Future<?> there = other.app().runVerification();
            TestService.await(here);
            TestService.await(there);
            assertThat(service.sql()
                            .count(
                                    "SELECT count(*) FROM purchases WHERE user_id = ? AND status = 'confirmed'",
                                    user.userId()))
                    .isEqualTo(600);
            assertThat(service.sql()
                            .count(
                                    "SELECT count(*) FROM audit_log WHERE action = 'PURCHASE_CONFIRMED' AND resource_id IN"
                                            + " (SELECT id::text FROM purchases WHERE user_id = ?)",
                                    user.userId()))
                    .isEqualTo(600);
        }
        assertThat(given.wallet(user).getString("available_balance")).isEqualTo("300.00");
    }

    private static void setFlag(String scopeType, UUID scopeId, boolean enabled) {
        JsonObject flag = JsonObject.of("enabled", enabled, "scope_type", scopeType);
        if (scopeId != null) {
            flag.put("scope_id", scopeId.toString());
        }
        given.asAdmin().put("/feature-flags/purchase_auto_confirm", flag).expect(200);
    }

    private static List<String> statuses(UUID... ids) {
        return Arrays.stream(ids)
                .map(id -> given.purchase(id).getString("status"))
                .toList();
    }

    private static JsonObject auditOf(UUID id, String action) {
        ApiClient admin = given.asAdmin();
        List<JsonObject> rows =
                admin.get("/audit-logs?resource_id=" + id + "&action=" + action).data();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }
}
