package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The connections that tests ran their last statements on, the latest first. A new one costs the server a process and both
 * sides a proof of the password, which is far more than most statements.
 */
final class IdleConnections {
    /** Tests have many databases one after the other, and the server has a limit. */
    private static final int MAX = 8;

    private static final int ANSWER_S_MAX = 5;

    private static final Deque<Idle> idle = new ArrayDeque<>();

    private IdleConnections() {}

    private record Idle(Address address, Connection connection) {}

    /** One that still works; the server may have ended it. */
    static Optional<Connection> take(Address address) throws SQLException {
        for (Optional<Connection> found = poll(address); found.isPresent(); found = poll(address)) {
            if (found.get().isValid(ANSWER_S_MAX)) {
                return found;
            }
            found.get().close();
        }
        return Optional.empty();
    }

    private static synchronized Optional<Connection> poll(Address address) {
        for (Iterator<Idle> all = idle.iterator(); all.hasNext(); ) {
            Idle next = all.next();
            if (next.address().equals(address)) {
                all.remove();
                return Optional.of(next.connection());
            }
        }
        return Optional.empty();
    }

    /** Keeps a connection whose last statement succeeded. */
    static void keep(Address address, Connection connection) throws SQLException {
        Optional<Connection> oldest = push(new Idle(address, connection));
        if (oldest.isPresent()) {
            oldest.get().close();
        }
    }

    private static synchronized Optional<Connection> push(Idle latest) {
        idle.addFirst(latest);
        return idle.size() > MAX ? Optional.of(idle.removeLast().connection()) : Optional.empty();
    }
}
