package com.clicknback.clicks;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.ops.Metrics;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The end of clicks, on a database of its own. */
class ClickDeletionTest {
    private static final Duration KEPT = Duration.ofDays(400);

    @Test
    void deletesAClickOnceItIsOldEnough() {
        try (TestService service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock())) {
            Scenario given = new Scenario(service);
            String id = given.as(given.member())
                    .post(
                            "/users/me/clicks",
                            JsonObject.of(
                                    "merchant_id",
                                    given.trackedMerchant("5", 30).toString()))
                    .expect(201)
                    .json()
                    .getString("id");
            Instant due = ClickId.parse(id).orElseThrow().issuedAt().plus(KEPT);

            assertThat(deleted(service, due.minusSeconds(1))).isZero();
            service.api().get("/r/" + id).expect(302);
            assertThat(deleted(service, due.plusSeconds(2))).isEqualTo(1);
            service.api().get("/r/" + id).expect(404);
        }
    }

    private static int deleted(TestService service, Instant now) {
        return TestService.await(
                new ClickDeletion(service.app().database(), TestClock.standing(now), KEPT, new Metrics().clicks())
                        .run());
    }
}
