package com.clicknback.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.releases.Releases;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service whose host's clock is wrong. */
class ClockSkewTest {
    private final TestClock host = new TestClock();
    private TestService service;

    private Scenario startAhead(Duration skew) {
        host.step(skew);
        service = TestService.startSynchronised(TestServer.shared().createMigratedDatabase(), host);
        return new Scenario(service);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void writesTheDatabasesTimes() {
        Scenario given = startAhead(Duration.ofSeconds(280));
        Session user = given.user();
        given.buy(user, given.merchant(), "10.00");
        service.awaitCredits();

        List<String> future = new Sql(service.database()).column("""
                SELECT t || ' ' || at FROM (
                    SELECT 'user' AS t, created_at AS at FROM users UNION ALL
                    SELECT 'purchase', purchased_at FROM purchases UNION ALL
                    SELECT 'purchase', created_at FROM purchases UNION ALL
                    SELECT 'credit', credited_at FROM cashback_credits UNION ALL
                    SELECT 'event', occurred_at FROM event_log UNION ALL
                    SELECT 'audit', occurred_at FROM audit_log) written
                WHERE at > now() OR at < now() - interval '2 minutes'
                """);
        assertThat(future).isEmpty();
    }

    @Test
    void judgesSignaturesAndTokensByTheDatabasesTime() {
        Scenario given = startAhead(Duration.ofMinutes(20));
        Partner partner = given.partner();
        UUID merchant = given.merchant();
        Session user = given.user();
        String body = given.batch(List.of(given.purchase(user.userId(), merchant, "10.00")))
                .put("timestamp", Instant.now().toString())
                .encode();

        Reply inTime = service.api().with(partner.sign(body, Instant.now())).post(partner.batchPath(), body);
        assertThat(inTime.status()).isEqualTo(200);
        Reply fromTheFuture =
                service.api().with(partner.sign(body, host.instant())).post(partner.batchPath(), body);
        assertThat(fromTheFuture.status()).isEqualTo(401);
    }

    @Test
    void isNotReadyOnceTheClocksAreTooFarApart() throws IOException, InterruptedException {
        startAhead(Duration.ofSeconds(70));

        assertThat(service.api().get("/health/ready").status()).isEqualTo(503);
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.managementUrl() + "/metrics"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .containsPattern("clicknback_clock_skew_seconds (69|70)[.]");
    }

    /** A database that has lost its time would end all holds at once, and money that is paid out does not come back. */
    @Test
    void releasesNothingUntilTheClocksAgree() {
        Scenario given = startAhead(Duration.ofSeconds(-70));
        Session user = given.user();
        UUID purchase = dueRelease(given, user);

        TestService.await(service.app().bus().ask(new Releases.Run()));
        assertThat(given.purchase(purchase).getString("cashback_status")).isEqualTo("held");

        host.step(Duration.ofSeconds(70));
        Waiting.until(
                "the clocks agree", () -> service.api().get("/health/ready").status() == 200);
        TestService.await(service.app().bus().ask(new Releases.Run()));
        assertThat(given.purchase(purchase).getString("cashback_status")).isEqualTo("available");
    }

    /** A confirmation by a wrong clock would begin a hold that ends at a wrong time. */
    @Test
    void verifiesNothingUntilTheClocksAgree() {
        Scenario given = startAhead(Duration.ofSeconds(-70));
        UUID purchase = given.buyCredited(given.user(), given.merchant(), "10.00");

        service.runVerification();
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("pending");

        host.step(Duration.ofSeconds(70));
        Waiting.until(
                "the clocks agree", () -> service.api().get("/health/ready").status() == 200);
        service.runVerification();
        assertThat(given.purchase(purchase).getString("status")).isEqualTo("confirmed");
    }

    /** Held cashback whose time has come. */
    private UUID dueRelease(Scenario given, Session user) {
        UUID merchant = given.merchant();
        ApiClient admin = given.asAdmin();
        admin.patch("/merchants/" + merchant, JsonObject.of("hold_days", 30)).expect(200);
        UUID purchase = given.buyCredited(user, merchant, "10.00");
        admin.post("/purchases/" + purchase + "/confirmation").expect(200);
        String past = "now() - interval '1 day'";
        service.sql().execute("UPDATE purchases SET payable_at = " + past + " WHERE id = ?", purchase);
        service.sql()
                .execute(
                        "UPDATE holds SET payable_at = " + past + ", due_at = " + past + " WHERE purchase_id = ?",
                        purchase);
        return purchase;
    }

    @Test
    void aStepOfTheHostsClockEndsNoSession() {
        Scenario given = startAhead(Duration.ZERO);
        Session user = given.user();
        String refreshToken = user.refreshToken();
        for (Duration step : List.of(Duration.ofHours(1), Duration.ofHours(-2))) {
            host.step(step);

            service.api().as(user).get("/users/me").expect(200);
            JsonObject tokens = service.api()
                    .post("/auth/refresh", JsonObject.of("refresh_token", refreshToken))
                    .expect(200)
                    .json();
            refreshToken = tokens.getString("refresh_token");
            service.api()
                    .withToken(tokens.getString("access_token"))
                    .get("/users/me")
                    .expect(200);
        }
    }

    @Test
    void isReadyWhileTheClocksAreNotFarApart() {
        startAhead(Duration.ofSeconds(-55));

        assertThat(service.api().get("/health/ready").status()).isEqualTo(200);
    }
}
