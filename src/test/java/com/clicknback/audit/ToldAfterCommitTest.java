package com.clicknback.audit;

import static com.clicknback.testing.TestService.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.clicknback.platform.security.SecurityLog;
import com.clicknback.testing.Workbench;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The log of security events tells of changes that have taken effect. */
class ToldAfterCommitTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(SecurityLog.NAME);
    private static final String SERIALIZATION_FAILURE =
            "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$";

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private Workbench bench;

    @BeforeEach
    void open() {
        bench = Workbench.open();
        told.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(told);
    }

    @AfterEach
    void close() {
        LOGGER.detachAppender(told);
        LOGGER.setLevel(null);
        bench.close();
    }

    @Test
    void tellsNothingOfAChangeThatIsTakenBack() {
        Future<Void> refused = bench.database.inTransaction(
                tx -> deactivate(tx).compose(recorded -> Future.failedFuture(new IllegalStateException("refused"))));

        assertThatThrownBy(() -> await(refused)).hasMessage("refused");
        assertThat(told.list).isEmpty();
    }

    @Test
    void tellsAChangeOnceThatIsTriedTwice() {
        AtomicInteger attempts = new AtomicInteger();
        Future<Void> changed = bench.database.inTransaction(tx -> deactivate(tx)
                .compose(recorded -> attempts.incrementAndGet() == 1
                        ? tx.query(SERIALIZATION_FAILURE).execute().mapEmpty()
                        : Future.succeededFuture()));

        await(changed);
        assertThat(attempts).hasValue(2);
        assertThat(told.list).hasSize(1);
    }

    private Future<Void> deactivate(SqlConnection tx) {
        AuditEntry entry = new AuditEntry(
                Actor.system("tests"),
                AuditAction.USER_DEACTIVATED,
                "user",
                bench.ids.next().toString(),
                Map.of());
        return bench.audit.record(tx, entry);
    }
}
