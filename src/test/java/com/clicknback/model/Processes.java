package com.clicknback.model;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two services on one database, and what happens to processes: they end, they hang, what they say gets lost. */
final class Processes implements AutoCloseable {
    static final int COUNT = 2;

    private static final String HOLD_CURSORS = "SELECT follower FROM event_cursors FOR UPDATE; " + HeldCrediting.HOLD;

    private static final String GO_BACK = """
        UPDATE event_cursors c SET transaction_id = e.transaction_id, serial = e.serial
        FROM (
            SELECT transaction_id, serial FROM event_log
            ORDER BY transaction_id DESC, serial DESC OFFSET ? LIMIT 1) e
        WHERE (c.transaction_id, c.serial) > (e.transaction_id, e.serial)
        """;

    private static final String UNFOLLOWED = """
        SELECT (SELECT count(*) FROM purchases p
                WHERE NOT EXISTS (SELECT FROM cashback_credits c WHERE c.purchase_id = p.id))
             + (SELECT count(*) FROM partner_events e
                JOIN purchases p ON p.partner_id = e.partner_id AND p.external_id = e.external_id
                WHERE e.outcome IS NULL)
        """;

    private final Address database;
    private final TestClock clock;
    private final Map<String, String> settings;
    private final List<TestService> services = new ArrayList<>();
    private final List<Nudges> nudges = new ArrayList<>();
    private boolean losingNudges;
    private @Nullable Connection holder;

    Processes(Address database, TestClock clock, Map<String, String> settings) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        for (int i = 0; i < COUNT; i++) {
            add(i);
        }
    }

    private void add(int index) {
        TestService service = TestService.start(database, clock, settings);
        services.add(index, service);
        nudges.add(index, Nudges.of(service.app()));
        nudges.get(index).lose(losingNudges);
    }

    TestService get(int index) {
        return services.get(index);
    }

    Sql sql() {
        return new Sql(database);
    }

    /** Ends one process and starts another in its place; a process begins with a run of the verification job. */
    void restart(int index) {
        services.remove(index).close();
        nudges.remove(index);
        add(index);
        get(index).runVerification();
    }

    void loseNudges(boolean all) {
        losingNudges = all;
        nudges.forEach(of -> of.lose(all));
    }

    void repeatNudges(int times) {
        nudges.forEach(of -> of.repeat(times));
    }

    /** Takes the followers' cursors, as a process would that hangs in the middle of its work. */
    void hold() {
        try {
            holder = sql().connect();
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                statement.execute(HOLD_CURSORS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean areHeld() {
        return holder != null;
    }

    /** The process that held the cursors dies, and whoever is left takes over. */
    void release() {
        try {
            holder.close();
            holder = null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets the followers see the last events of the log again. */
    void goBack(int events) {
        sql().execute(GO_BACK, events);
    }

    /** Returns once the followers have nothing left to do, without waking them. */
    void awaitSettled() {
        Waiting.until("the followers look for themselves", () -> sql().count(UNFOLLOWED) == 0);
    }

    @Override
    public void close() {
        if (areHeld()) {
            release();
        }
        services.forEach(TestService::close);
    }
}
