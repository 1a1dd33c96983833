package com.clicknback.platform.events;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A log in a database of its own, the processes that append to it and follow it, and their effects. */
final class FollowedLog {
    final TestClock clock = new TestClock();
    final Sql sql;
    private final Address address = TestServer.shared().createMigratedDatabase();
    private final List<FollowerProcess> processes = new ArrayList<>();

    FollowedLog() {
        sql = new Sql(address);
        sql.execute("CREATE TABLE effects (number serial PRIMARY KEY, what text NOT NULL)");
    }

    FollowerProcess newProcess() {
        FollowerProcess started = new FollowerProcess(address, clock);
        processes.add(started);
        return started;
    }

    List<String> effects() {
        return sql.column("SELECT what FROM effects ORDER BY number");
    }

    static void appendByHand(Statement statement, String what) throws Exception {
        statement.execute("INSERT INTO event_log (type, payload, occurred_at) VALUES ('test.happened', '{\"what\":\""
                + what + "\"}', now())");
    }

    void close() {
        processes.forEach(FollowerProcess::close);
    }
}
