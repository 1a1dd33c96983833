package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Reply;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo partner and a service that has loaded the demo data. */
class DemoOnServiceTest {
    private static final int PER_SECOND = 20;

    private static Vertx vertx;
    private static TestService service;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        service = TestService.start(
                TestServer.shared().createMigratedDatabase(), new TestClock(), Map.of("CLICKNBACK_SEED_DEMO", "true"));
    }

    @AfterAll
    static void close() {
        service.close();
        TestService.await(vertx.close());
    }

    @Test
    void theCommandOfTheBannerBecomesCashback() {
        String banner = DemoBanner.text(
                service.url(), service.managementUrl(), service.clock().instant());
        PastedCommand command = PastedCommand.of(banner);
        String path = command.url().substring(service.url().length());

        Reply first = service.api().with(command.headers()).post(path, command.body());
        Reply again = service.api().with(command.headers()).post(path, command.body());

        assertThat(first.expect(201).json().getString("cashback_amount")).isEqualTo("5.00");
        assertThat(again.expect(200).json().getString("id"))
                .isEqualTo(first.json().getString("id"));
    }

    /** A page may have the browser ask this machine under the page's own name, and would log in as an administrator. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example:8080", "127.0.0.1.evil.example"})
    void noNameOfAWebPageIsAnsweredUnderWhichItCouldLogIn(String host) throws IOException {
        for (String request : List.of("POST /api/v1/auth/login", "GET /console", "GET /docs", "GET /health/live")) {
            Reply refused = asked(service, request, host);
            assertThat(refused.expectError(421, "MISDIRECTED_REQUEST").getString("host"))
                    .isEqualTo(host.replace(":8080", ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080", "192.0.2.7"})
    void itsOwnNamesAndAddressesAreAnswered(String host) throws IOException {
        asked(service, "GET /health/live", host).expect(200);
        asked(service, "GET /console", host).expect(200);
    }

    @Test
    void aDemoThatIsOpenAnswersToAnyName() throws IOException {
        try (TestService open =
                service.another(Map.of("CLICKNBACK_SEED_DEMO", "true", "CLICKNBACK_DEMO_OPEN_TO_NETWORK", "true"))) {
            asked(open, "GET /console", "demo.example").expect(200);
        }
    }

    private static Reply asked(TestService service, String request, String host) throws IOException {
        try (RawConnection connection =
                RawConnection.to(URI.create(service.url()).getPort())) {
            connection.write(request + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                    + (request.startsWith("POST") ? "Content-Length: 2\r\n\r\n{}" : "\r\n"));
            return connection.read().orElseThrow();
        }
    }

    @Test
    void theTrafficIsAcceptedAndCredited() {
        Promise<Void> progressAsked = Promise.promise();
        DemoTraffic traffic =
                new DemoTraffic(new DemoTraffic.Settings(service.url(), PER_SECOND), service.clock(), () -> {
                    progressAsked.tryComplete();
                    return Future.succeededFuture(new DemoTraffic.Progress(0, 0));
                });

        TestService.await(DemoData.loadShoppers(vertx, service.app().database()));
        TestService.await(DemoData.loadShoppers(vertx, service.app().database()));
        Instant start = Instant.now();
        String id = TestService.await(vertx.deployVerticle(traffic));
        TestService.await(progressAsked.future());
        TestService.await(vertx.undeploy(id));
        long seconds = Duration.between(start, Instant.now()).toSeconds() + 1;
        service.awaitCredits();

        assertThat(purchases("")).isBetween(2L * PER_SECOND, seconds * PER_SECOND);
        assertThat(purchases("AND id NOT IN (SELECT purchase_id FROM cashback_credits)"))
                .isZero();
        assertThat(service.sql().count("SELECT count(DISTINCT user_id) FROM purchases WHERE external_id LIKE 'demo-%'"))
                .isGreaterThan(PER_SECOND);
        service.requireCleanLedger();
    }

    @Test
    void everyShopperOfTheTrafficIsThere() {
        TestService.await(DemoData.loadShoppers(vertx, service.app().database()));

        assertThat(service.sql().<UUID>column("SELECT id FROM users WHERE email LIKE 'shopper%@clicknback.com'"))
                .containsExactlyInAnyOrderElementsOf(DemoShoppers.USERS);
    }

    private static long purchases(String condition) {
        return service.sql().count("""
                SELECT count(*) FROM purchases
                WHERE external_id LIKE 'demo-%' AND external_id NOT LIKE 'demo-curl-%'
                """ + condition);
    }
}
