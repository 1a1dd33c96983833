package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ServiceExtension.class)
class PayoutSettlementTest {
    private static final String MINE = "/users/me/payouts";

    private final Scenario given;
    private final Sql sql;
    private final PayoutScenario payouts;

    PayoutSettlementTest(Scenario given, Sql sql) {
        this.given = given;
        this.sql = sql;
        this.payouts = given.payouts();
    }

    @Test
    void recordsRequestAndSettlementWithWhoMadeThem() {
        Session user = payouts.userWith("50");
        String payout = given.as(user)
                .with("X-Request-Id", "payout-audit-1")
                .post(MINE, PayoutScenario.body("30"))
                .expect(201)
                .json()
                .getString("id");
        payouts.setStatus(payout, JsonObject.of("status", "processing", "external_reference", "sepa-1"))
                .expect(200);
        payouts.setStatus(payout, JsonObject.of("status", "failed", "failure_reason", "Account closed"))
                .expect(200);

        List<JsonObject> entries =
                given.asAdmin().get("/audit-logs?resource_id=" + payout).data();
        assertThat(entries.stream().map(e -> e.getString("action")))
                .containsExactly("PAYOUT_PROCESSED", "PAYOUT_PROCESSED", "PAYOUT_REQUESTED");
        assertThat(entries.get(2).getString("actor_type")).isEqualTo("user");
        assertThat(entries.get(2).getString("actor_id")).isEqualTo(user.userId().toString());
        assertThat(entries.get(2).getJsonObject("details"))
                .isEqualTo(JsonObject.of("amount", "30.00", "iban_last4", "3000"));
        assertThat(entries.get(1).getString("actor_id"))
                .isEqualTo(given.admin().userId().toString());
        assertThat(entries.get(1).getJsonObject("details"))
                .isEqualTo(processed("requested", "processing", "sepa-1", null));
        assertThat(entries.get(0).getJsonObject("details"))
                .isEqualTo(processed("processing", "failed", "sepa-1", "Account closed"));
        assertThat(sql.<String>column("SELECT cause FROM audit_log WHERE resource_id = ? ORDER BY id", payout)
                        .get(0))
                .isEqualTo("payout-audit-1");
    }

    private static JsonObject processed(String prior, String status, String reference, String reason) {
        return JsonObject.of(
                "prior_status",
                prior,
                "status",
                status,
                "amount",
                "30.00",
                "external_reference",
                reference,
                "failure_reason",
                reason);
    }

    @Test
    void paysWhatCompletes() {
        Session user = payouts.userWith("100");
        String payout = payouts.payout(user, "40");

        JsonObject processing = payouts.setStatus(
                        payout, JsonObject.of("status", "processing", "external_reference", "sepa-7781"))
                .expect(200)
                .json();
        assertThat(processing.getString("status")).isEqualTo("processing");
        assertThat(processing.getString("processed_at")).isNull();
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 60.00 reserved 40.00 paid 0.00");

        JsonObject completed = payouts.setStatus(
                        payout,
                        new JsonObject(
                                "{\"status\":\"completed\",\"external_reference\":null,\"failure_reason\":null}"))
                .expect(200)
                .json();
        assertThat(completed.getString("status")).isEqualTo("completed");
        assertThat(completed.getInstant("processed_at")).isAfterOrEqualTo(completed.getInstant("requested_at"));
        assertThat(completed.getString("external_reference")).isEqualTo("sepa-7781");
        assertThat(completed.getString("failure_reason")).isNull();
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 60.00 reserved 0.00 paid 40.00");
        assertThat(given.as(user).get("/payouts/" + payout).json()).isEqualTo(completed);
        assertThat(journal(user))
                .containsExactly(
                        "payout_completed 40.00 reserved-paid paid",
                        "payout_requested 40.00 available-reserved paid",
                        "cashback_confirmed 100.00 pending-available available",
                        "cashback_credit 100.00 null-pending available");
    }

    @Test
    void givesBackWhatFails() {
        Session user = payouts.userWith("100");
        String payout = payouts.payout(user, "40");

        JsonObject failed = payouts.setStatus(
                        payout,
                        JsonObject.of(
                                "status",
                                "failed",
                                "failure_reason",
                                "The account is closed.",
                                "external_reference",
                                "sepa-2"))
                .expect(200)
                .json();
        assertThat(failed.getString("status")).isEqualTo("failed");
        assertThat(failed.getInstant("processed_at")).isNotNull();
        assertThat(failed.getString("external_reference")).isEqualTo("sepa-2");
        assertThat(failed.getString("failure_reason")).isEqualTo("The account is closed.");
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 100.00 reserved 0.00 paid 0.00");
        assertThat(journal(user).subList(0, 2))
                .containsExactly(
                        "payout_failed 40.00 reserved-available reversed",
                        "payout_requested 40.00 available-reserved reversed");
    }

    private List<String> journal(Session user) {
        return given.as(user).get("/users/me/wallet/transactions").data().stream()
                .map(t -> "%s %s %s-%s %s"
                        .formatted(
                                t.getString("type"),
                                t.getString("amount"),
                                t.getString("from"),
                                t.getString("to"),
                                t.getString("status")))
                .toList();
    }

    @Test
    void showsAPendingTransactionWhileThePayoutIsUnderWay() {
        Session user = payouts.userWith("20");
        String payout = payouts.payout(user, "20");
        assertThat(journal(user).get(0)).isEqualTo("payout_requested 20.00 available-reserved pending");
        payouts.setStatus(payout, "processing").expect(200);
        assertThat(journal(user).get(0)).isEqualTo("payout_requested 20.00 available-reserved pending");
    }

    @ParameterizedTest(name = "{0} never becomes {1}")
    @CsvSource({
        "processing, processing, 'completed failed'",
        "completed,  processing, ''",
        "completed,  completed,  ''",
        "completed,  failed,     ''",
        "failed,     processing, ''",
        "failed,     completed,  ''",
        "failed,     failed,     ''"
    })
    void refusesTransitionsThatTheContractDoesNotList(String from, String to, String allowed) {
        Session user = payouts.userWith("20");
        String payout = payouts.payout(user, "20");
        payouts.setStatus(payout, from).expect(200);
        String wallet = payouts.wallet(user);
        JsonObject before = given.asAdmin().get("/payouts/" + payout).json();

        JsonObject details = payouts.setStatus(payout, to).expectError(409, "INVALID_PAYOUT_TRANSITION");

        assertThat(details.getString("payout_id")).isEqualTo(payout);
        assertThat(details.getString("current_status")).isEqualTo(from);
        assertThat(details.getJsonArray("allowed_transitions"))
                .isEqualTo(new JsonArray(
                        Stream.of(allowed.split(" ")).filter(s -> !s.isEmpty()).toList()));
        assertThat(payouts.wallet(user)).isEqualTo(wallet);
        assertThat(given.asAdmin().get("/payouts/" + payout).json()).isEqualTo(before);
        assertThat(sql.count("SELECT count(*) FROM audit_log WHERE resource_id = ?", payout))
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} may become {1}")
    @CsvSource({"requested, completed", "requested, failed", "processing, completed", "processing, failed"})
    void allowsTheOthers(String from, String to) {
        String payout = payouts.payout(payouts.userWith("20"), "20");
        if (!from.equals("requested")) {
            payouts.setStatus(payout, from).expect(200);
        }
        assertThat(payouts.setStatus(payout, to).expect(200).json().getString("status"))
                .isEqualTo(to);
    }

    @Test
    void appendsAnEventForWhatMovesMoney() {
        Session user = payouts.userWith("60");
        String completed = payouts.payout(user, "20");
        String failed = payouts.payout(user, "30");
        payouts.setStatus(completed, "processing").expect(200);
        payouts.setStatus(completed, "completed").expect(200);
        payouts.setStatus(failed, "failed").expect(200);
        String payload = "{\"payout_id\":\"%s\",\"user_id\":\"" + user.userId() + "\",\"amount_minor\":%s}";
        assertThat(sql.<String>column(
                        "SELECT type || ' ' || payload FROM event_log WHERE type LIKE 'payouts.%' AND payload LIKE ?"
                                + " ORDER BY transaction_id, serial",
                        "%" + user.userId() + "%"))
                .containsExactly(
                        "payouts.requested " + payload.formatted(completed, 2000),
                        "payouts.requested " + payload.formatted(failed, 3000),
                        "payouts.completed " + payload.formatted(completed, 2000),
                        "payouts.failed " + payload.formatted(failed, 3000));
    }
}
