package com.clicknback.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Cable;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stream of the live statistics: what it sends, to how many, and when it ends. */
@ExtendWith(ServiceExtension.class)
class LiveStreamTest {
    /** Longer than the time after which a stream looks at its session again. */
    private static final int LOOKS = 4;

    private final TestService service;
    private final Scenario given;
    private final Sql sql;

    LiveStreamTest(TestService service, Scenario given, Sql sql) {
        this.service = service;
        this.given = given;
        this.sql = sql;
    }

    @Test
    void showsThePresentAtOnceAndThenEachInterval() {
        try (Watcher watcher = new Watcher(service, given.admin())) {
            assertThat(watcher.response().statusCode()).isEqualTo(200);
            assertThat(watcher.response().headers().firstValue("Content-Type")).contains("text/event-stream");
            JsonObject first = watcher.next();
            JsonObject second = watcher.next();

            assertThat(second.getString("process_id")).isEqualTo(first.getString("process_id"));
            assertThat(second.getJsonArray("samples").size())
                    .isGreaterThanOrEqualTo(first.getJsonArray("samples").size());
            assertThat(second.fieldNames())
                    .isEqualTo(given.asAdmin()
                            .get("/stats/live")
                            .expect(200)
                            .json()
                            .fieldNames());
        }
    }

    @Test
    void refusesMoreThanItHasPlacesForUntilOneIsFree() {
        try (TestService small = service.another(Map.of("CLICKNBACK_STATISTICS_STREAMS_MAX", "1"))) {
            Scenario here = new Scenario(small);
            try (Watcher watcher = new Watcher(small, here.admin())) {
                watcher.next();
                here.asAdmin()
                        .with("Accept", "text/event-stream")
                        .get("/stats/live")
                        .expectError(503, "OVERLOADED");
                here.asAdmin().get("/stats/live").expect(200);
            }
            Waiting.until("a free place", () -> {
                try (Watcher next = new Watcher(small, here.admin())) {
                    return next.response().statusCode() == 200;
                }
            });
        }
    }

    @Test
    void leavesPlacesForOthersWhenOneUserWantsThemAll() {
        try (TestService small = service.another(Map.of("CLICKNBACK_STATISTICS_STREAMS_OF_USER_MAX", "1"))) {
            Scenario here = new Scenario(small);
            Session greedy = here.newAdmin();
            try (Watcher watcher = new Watcher(small, greedy)) {
                watcher.next();
                small.api()
                        .as(greedy)
                        .with("Accept", "text/event-stream")
                        .get("/stats/live")
                        .expectError(429, "RATE_LIMITED");
                try (Watcher other = new Watcher(small, here.newAdmin())) {
                    assertThat(other.response().statusCode()).isEqualTo(200);
                }
            }
            Waiting.until("a free place", () -> {
                try (Watcher next = new Watcher(small, greedy)) {
                    return next.response().statusCode() == 200;
                }
            });
        }
    }

    /** That is when an operator looks at it. */
    @Test
    void goesOnWithoutTheDatabaseAndSaysSo() {
        Session admin = given.newAdmin();
        try (Cable cable = Cable.to(service.database());
                TestService far = TestService.start(cable.address(), service.clock());
                Watcher watcher = new Watcher(far, admin)) {
            assertThat(watcher.next().getBoolean("database_available")).isTrue();

            cable.cut();
            for (int seen = 0; seen < LOOKS; ) {
                seen += watcher.next().getBoolean("database_available") ? 0 : 1;
            }

            cable.mend();
            while (!watcher.next().getBoolean("database_available")) {
                // It comes back by itself.
            }
            sql.execute("UPDATE users SET role = 'user' WHERE id = ?", admin.userId());
            watcher.seesTheEnd();
        }
    }

    @Test
    void endsWhenTheAdministratorIsNoLongerActive() {
        Session admin = given.newAdmin();
        try (Watcher watcher = new Watcher(service, admin)) {
            watcher.next();
            sql.execute("UPDATE users SET active = false WHERE id = ?", admin.userId());
            watcher.seesTheEnd();
        }
    }

    @Test
    void endsWhenTheAdministratorBecomesAUser() {
        Session admin = given.newAdmin();
        try (Watcher watcher = new Watcher(service, admin)) {
            watcher.next();
            sql.execute("UPDATE users SET role = 'user' WHERE id = ?", admin.userId());
            watcher.seesTheEnd();
        }
    }

    @Test
    void endsWithTheSession() {
        Session admin = given.newAdmin();
        try (Watcher watcher = new Watcher(service, admin)) {
            watcher.next();
            service.api()
                    .post("/auth/logout", JsonObject.of("refresh_token", admin.refreshToken()))
                    .expect(204);
            watcher.seesTheEnd();
        }
    }

    @Test
    void endsWhenTheProcessDrains() {
        try (TestService other = service.another(Map.of());
                Watcher watcher = new Watcher(other, given.admin())) {
            watcher.next();
            other.app().drain();
            watcher.seesTheEnd();
        }
    }
}
