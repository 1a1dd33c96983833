package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.PayoutScenario;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(ServiceExtension.class)
class PayoutRacesTest {
    private static final int SIMULTANEOUS = 100;

    private final TestService service;
    private final Scenario given;
    private final Sql sql;
    private final PayoutScenario payouts;

    PayoutRacesTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
        this.payouts = given.payouts();
    }

    private static List<Reply> race(int count, IntFunction<CompletableFuture<Reply>> send) {
        return race(IntStream.range(0, count).mapToObj(send).toList());
    }

    private static List<Reply> race(List<CompletableFuture<Reply>> sent) {
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static long count(List<Reply> replies, int status) {
        return replies.stream().filter(reply -> reply.status() == status).count();
    }

    @Test
    void neverOverdrawsAWalletWhateverComesAtOnce() {
        Session user = payouts.userWith("105");
        ApiClient client = given.as(user);

        List<Reply> replies = race(SIMULTANEOUS, i -> payouts.requestAsync(client, PayoutScenario.body("10")));

        assertThat(count(replies, 201)).isEqualTo(10);
        replies.stream()
                .filter(reply -> reply.status() != 201)
                .forEach(reply -> assertThat(
                                reply.expectError(409, "INSUFFICIENT_BALANCE").getString("available_balance"))
                        .isEqualTo("5.00"));
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 5.00 reserved 100.00 paid 0.00");
        service.requireCleanLedger();
    }

    @Test
    void holdsTheMaximumOf30DaysWhateverComesAtOnce() {
        Session user = payouts.userWith("5000");
        ApiClient client = given.as(user);

        List<Reply> replies = race(40, i -> payouts.requestAsync(client, PayoutScenario.body("150")));

        assertThat(count(replies, 201)).isEqualTo(6);
        replies.stream()
                .filter(reply -> reply.status() != 201)
                .forEach(reply -> reply.expectError(422, "PAYOUT_POLICY_VIOLATION"));
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 4100.00 reserved 900.00 paid 0.00");
    }

    @Test
    void holdsBothAcrossProcesses() {
        Session user = payouts.userWith("95");
        try (TestService another = service.another(Map.of())) {
            ApiClient here = given.as(user);
            ApiClient there = another.api().as(user);
            List<Reply> replies =
                    race(40, i -> payouts.requestAsync(i % 2 == 0 ? here : there, PayoutScenario.body("10")));
            assertThat(count(replies, 201)).isEqualTo(9);
            assertThat(count(replies, 409)).isEqualTo(31);
        }
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 5.00 reserved 90.00 paid 0.00");
    }

    @Test
    void grantsOnePayoutToSimultaneousUsesOfOneKey() {
        Session user = payouts.userWith("500");
        ApiClient client = given.as(user).with("Idempotency-Key", "one");

        List<Reply> replies = race(50, i -> payouts.requestAsync(client, PayoutScenario.body("10")));

        assertThat(count(replies, 201)).isEqualTo(50);
        assertThat(replies.stream().map(Reply::text).distinct()).hasSize(1);
        assertThat(replies.stream().filter(reply -> reply.header("Idempotency-Replayed") == null))
                .hasSize(1);
        assertThat(payouts.wallet(user)).isEqualTo("pending 0.00 available 490.00 reserved 10.00 paid 0.00");
    }

    @Test
    void grantsOneOfDifferentRequestsUnderOneKey() {
        Session user = payouts.userWith("500");
        ApiClient client = given.as(user).with("Idempotency-Key", "one");

        List<Reply> replies =
                race(30, i -> payouts.requestAsync(client, PayoutScenario.body(Integer.toString(10 + i))));

        assertThat(count(replies, 201)).isEqualTo(1);
        replies.stream()
                .filter(reply -> reply.status() != 201)
                .forEach(reply -> reply.expectError(422, "IDEMPOTENCY_KEY_REUSED"));
        assertThat(sql.count("SELECT count(*) FROM payouts WHERE user_id = ?", user.userId()))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"requested", "processing"})
    void letsExactlyOneOfRacingEndsWin(String from) {
        Session user = payouts.userWith("30");
        String payout = payouts.payout(user, "30");
        if (from.equals("processing")) {
            payouts.setStatus(payout, "processing").expect(200);
        }
        ApiClient admin = given.asAdmin();
        JsonObject completed = JsonObject.of("status", "completed");
        JsonObject failed = JsonObject.of("status", "failed", "failure_reason", "The account is closed.");

        List<Reply> replies = race(
                20, i -> admin.sendAsync("PATCH", "/payouts/" + payout + "/status", i % 2 == 0 ? completed : failed));

        List<Reply> won =
                replies.stream().filter(reply -> reply.status() == 200).toList();
        assertThat(won).hasSize(1);
        String end = won.get(0).json().getString("status");
        replies.stream()
                .filter(reply -> reply.status() != 200)
                .forEach(reply -> assertThat(reply.expectError(409, "INVALID_PAYOUT_TRANSITION")
                                .getString("current_status"))
                        .isEqualTo(end));
        assertThat(admin.get("/payouts/" + payout).json()).isEqualTo(won.get(0).json());
        assertThat(payouts.wallet(user))
                .isEqualTo(
                        end.equals("completed")
                                ? "pending 0.00 available 0.00 reserved 0.00 paid 30.00"
                                : "pending 0.00 available 30.00 reserved 0.00 paid 0.00");
        assertThat(sql.count(
                        "SELECT count(*) FROM audit_log WHERE resource_id = ? AND action = 'PAYOUT_PROCESSED'"
                                + " AND details ->> 'status' = ?",
                        payout,
                        end))
                .isEqualTo(1);
    }

    @Test
    void agreesWithItselfWhenEverythingRacesOnOneWallet() {
        Session user = payouts.userWith("200");
        ApiClient client = given.as(user);
        ApiClient admin = given.asAdmin();
        List<String> requested =
                IntStream.range(0, 10).mapToObj(i -> payouts.payout(user, "10")).toList();
        List<String> purchases = IntStream.range(0, 5)
                .mapToObj(i -> payouts.pendingPurchase(user, "10").toString())
                .toList();

        List<CompletableFuture<Reply>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(payouts.requestAsync(client, PayoutScenario.body("30")));
            JsonObject end = i % 2 == 0
                    ? JsonObject.of("status", "completed")
                    : JsonObject.of("status", "failed", "failure_reason", "Returned");
            sent.add(admin.sendAsync("PATCH", "/payouts/" + requested.get(i) + "/status", end));
            if (i < 5) {
                sent.add(admin.sendAsync("POST", "/purchases/" + purchases.get(i) + "/confirmation", null));
            }
        }
        List<Reply> replies = race(sent);

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 201, 409));
        // 200 earned, 50 confirmed meanwhile, 50 paid, 50 given back; at most all that is left was granted.
        long granted = count(replies, 201);
        assertThat(granted).isBetween(3L, 6L);
        assertThat(payouts.wallet(user))
                .isEqualTo("pending 0.00 available %s.00 reserved %s.00 paid 50.00"
                        .formatted(200 - granted * 30, granted * 30));
        service.requireCleanLedger();
        assertThat(Stream.of("completed", "failed")
                        .map(status -> admin.get("/payouts?user_id=" + user.userId() + "&status=" + status)
                                .data()
                                .size()))
                .containsExactly(5, 5);
    }
}
