package com.clicknback.platform.ops;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The health of a process whose database is in trouble, as its log and its metrics tell it. */
class HealthTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("com.clicknback.platform.ops");

    private final Vertx vertx = Vertx.vertx();
    private final Metrics metrics = new Metrics();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Database database;
    private Health health;

    @BeforeEach
    void open() {
        Address address = TestServer.shared().createDatabase();
        database = Database.open(
                vertx, new DatabaseSettings(address.uri(), address.user(), address.password(), 1, 10, 60_000));
        health = new Health(database, DatabaseClock.of(new TestClock()), metrics);
        health.serving(true);
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void close() {
        LOGGER.detachAppender(log);
        await(database.close());
        await(vertx.close());
    }

    private List<String> errors() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel().levelStr.equals("ERROR"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void saysOnceThatNoConnectionIsLeftForTheQuestionForReadiness() {
        Promise<Void> burst = Promise.promise();
        Promise<Void> taken = Promise.promise();
        Future<Void> work = database.withConnection(connection -> {
            taken.complete();
            return burst.future();
        });
        await(taken.future());

        assertThat(await(health.isReady())).isFalse();
        assertThat(await(health.isReady())).isFalse();
        burst.complete();
        await(work);
        assertThat(await(health.isReady())).isTrue();

        assertThat(errors())
                .singleElement()
                .asString()
                .contains("Not ready: the database did not answer the question for readiness", "pg_stat_activity");
    }

    @Test
    void staysReadyOnAFullDiskAndTellsIt() {
        for (String state : List.of("53100", "58030")) {
            Future<?> write = database.query(
                    "DO $$ BEGIN RAISE 'could not extend file' USING ERRCODE = '" + state + "'; END $$", Tuple.tuple());
            assertThatThrownBy(() -> await(write)).isInstanceOf(DomainException.class);
        }

        assertThat(await(health.isReady())).isTrue();
        assertThat(errors())
                .singleElement()
                .asString()
                .contains("cannot store anything: could not extend file (SQLSTATE 53100)");
        assertThat(metrics.scrape()).contains("clicknback_database_disk_refusals_total 2.0");
    }
}
