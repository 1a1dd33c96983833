package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Cable;
import com.clicknback.testing.OwnPostgres;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service under load whose database goes away, hangs or is killed, and comes back. */
@Tag("faults")
@Timeout(600)
class DatabaseFaultsTest {
    /** The service's own limit, and the slack that a busy machine needs. */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    /** Requests of each kind. */
    private static final int AT_ONCE = 8;

    private static final int AWAY_S = Integer.getInteger("faults.databaseAwaySeconds", 10);
    private static final int HANGING_S = Integer.getInteger("faults.databaseHangingSeconds", 8);
    private static final int KILLS = Integer.getInteger("faults.databaseKills", 1);
    private static final long SEED = Long.getLong("faults.seed", System.nanoTime());
    private static final int PURCHASES_A_ROUND_MAX = 400;

    private static OwnPostgres postgres;
    private static Session user;
    private static JsonObject purchase;
    private ServiceProcess service;

    @BeforeAll
    static void startDatabase() {
        postgres = OwnPostgres.start();
        try (TestService preparing = TestService.start(postgres.address(), new TestClock())) {
            Scenario given = new Scenario(preparing);
            user = given.user();
            purchase = given.purchase(user.userId(), UUID.randomUUID(), "10.00");
        }
    }

    /** One for each test. */
    @BeforeEach
    void start() {
        service = ServiceProcess.startStepped(
                postgres.address(), Map.of("CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "1"));
    }

    @AfterEach
    void close() {
        service.close();
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @Test
    void aDatabaseThatIsGoneCostsTimeButNoPurchase() {
        Trial trial = Trial.on(postgres.address());
        try (Sender sender = trial.sender(service::api)) {
            sender.awaitMore(200);

            postgres.stop();
            long startNs = System.nanoTime();
            try {
                Recovery.awaitReadiness(service, 503);
                assertThat(service.api().get("/health/live").status()).isEqualTo(200);
                everyOperationAnswers503();
                sender.awaitUnavailable(8);
                awaitSince(startNs, AWAY_S);
            } finally {
                postgres.startAgain();
            }

            Recovery.awaitReadiness(service, 200);
            Recovery.require(trial, sender);
        }
    }

    @Test
    void aDatabaseThatHangsHoldsUpNobodyForLong() {
        Trial trial = Trial.on(postgres.address());
        ServiceProcess closing = ServiceProcess.start(postgres.address(), Map.of());
        try (Sender sender = trial.sender(service::api)) {
            sender.awaitMore(200);

            postgres.freeze();
            long startNs = System.nanoTime();
            try {
                CompletableFuture<Duration> closed = CompletableFuture.supplyAsync(() -> {
                    closing.stop();
                    return since(startNs);
                });
                Recovery.awaitReadiness(service, 503);
                everyOperationAnswers503();
                sender.awaitUnavailable(8);
                assertThat(closed.join()).as("until it was closed").isLessThan(CLOSE_MAX);
                awaitSince(startNs, HANGING_S);
            } finally {
                postgres.thaw();
            }

            Recovery.awaitReadiness(service, 200);
            Recovery.require(trial, sender);
        }
    }

    /** As when its host loses power: what it has confirmed is in its log, from which it makes its data again. */
    @Test
    void aDatabaseThatIsKilledLosesNoPurchaseItHasConfirmed() {
        Trial trial = Trial.on(postgres.address());
        Random random = new Random(SEED);
        try (Sender sender = trial.sender(service::api)) {
            for (int round = 0; round < KILLS; round++) {
                sender.awaitMore(1 + random.nextInt(PURCHASES_A_ROUND_MAX));

                postgres.kill();
                Map<ReportedPurchase, UUID> acknowledged = sender.acknowledged();
                try {
                    Recovery.awaitReadiness(service, 503);
                    sender.awaitUnavailable(8);
                } finally {
                    postgres.startAgain();
                }

                Recovery.awaitReadiness(service, 200);
                trial.requireKept(acknowledged);
            }
            Recovery.require(trial, sender);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dfaults.seed=" + SEED, e);
        }
    }

    /** As when the database's host vanishes without a word and another takes its place. */
    @Test
    void connectionsThatHangForeverAreGivenUp() {
        Trial trial = Trial.on(postgres.address());
        Map<String, String> quick =
                Map.of("CLICKNBACK_DATABASE_STATEMENT_TIMEOUT_MS", "1000", "CLICKNBACK_DATABASE_POOL_SIZE", "2");
        try (Cable cable = Cable.to(postgres.address());
                ServiceProcess far = ServiceProcess.start(cable.address(), quick);
                Sender sender = trial.sender(far::api)) {
            sender.awaitMore(200);

            cable.hang();
            sender.awaitUnavailable(1);

            sender.awaitMore(200);
            sender.finish();
            assertThat(sender.slowest()).isLessThan(Recovery.ANSWER_MAX);
            trial.requireExactly(sender.acknowledged());
        }
    }

    private static void awaitSince(long startNs, int seconds) {
        Waiting.until(
                seconds + " s are over",
                WAIT_MAX.plusSeconds(seconds),
                POLL,
                () -> since(startNs).toSeconds() >= seconds);
    }

    private static Duration since(long startNs) {
        return Duration.ofNanos(System.nanoTime() - startNs);
    }

    /** Sends every operation, more at once than there are connections. */
    private void everyOperationAnswers503() {
        ApiClient anyone = service.api();
        ApiClient self = anyone.as(user);
        JsonObject login = JsonObject.of("email", user.email(), "password", Session.PASSWORD);
        long startNs = System.nanoTime();
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            JsonObject stranger =
                    JsonObject.of("email", Scenario.unique("late") + "@example.com", "password", Session.PASSWORD);
            replies.add(anyone.sendAsync("POST", "/users", stranger));
            replies.add(anyone.sendAsync("POST", "/auth/login", login));
            replies.add(anyone.sendAsync("POST", "/auth/refresh", JsonObject.of("refresh_token", user.refreshToken())));
            replies.add(self.sendAsync("GET", "/users/me/wallet", null));
            replies.add(self.sendAsync("POST", "/purchases", purchase));
        }
        for (CompletableFuture<Reply> sent : replies) {
            Reply reply = sent.join().expect(503);
            JsonObject error = reply.json().getJsonObject("error");
            assertThat(error.getString("code")).isIn("SERVICE_UNAVAILABLE", "OVERLOADED");
            assertThat(error.getJsonObject("details").getInteger("retry_after_seconds"))
                    .hasToString(reply.header("Retry-After"));
        }
        assertThat(since(startNs)).as("until everything was answered").isLessThan(Recovery.ANSWER_MAX);
    }
}
