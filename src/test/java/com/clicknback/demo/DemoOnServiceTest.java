package com.clicknback.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Reply;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo partner and a service that has loaded the demo data. */
class DemoOnServiceTest {
    private static final int PER_SECOND = 20;

    private static Vertx vertx;
    private static TestService service;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        service = TestService.start(
                TestServer.shared().createDatabase(), new TestClock(), Map.of("CLICKNBACK_SEED_DEMO", "true"));
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
