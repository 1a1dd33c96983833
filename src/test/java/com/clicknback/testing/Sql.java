package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Statements that a test runs behind the service's back; placeholders are {@code ?}. */
public final class Sql {
    private final Address address;

    public Sql(Address address) {
        this.address = address;
    }

    /** A connection of the test's own, for transactions that stay open. */
    public Connection connect() {
        try {
            Properties options = new Properties();
            options.setProperty("user", address.user());
            options.setProperty("password", address.password());
            // A plan that is kept would not bear that a test changes a table.
            options.setProperty("prepareThreshold", "0");
            if (!isShared()) {
                options.setProperty("targetServerType", "primary");
                options.setProperty("hostRecheckSeconds", "0");
            }
            return DriverManager.getConnection("jdbc:" + address.uri(), options);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns how many rows changed. */
    public int execute(String sql, Object... arguments) {
        return run(sql, arguments, statement -> statement.execute() ? 0 : statement.getUpdateCount());
    }

    /**
     * Makes a role of the server, which may have one of that name from a run that was killed. The databases of that run are
     * gone by now, so nothing depends on it.
     */
    public void createRole(String name, String options) {
        execute("DROP ROLE IF EXISTS " + name);
        execute("CREATE ROLE " + name + " " + options);
    }

    /** The use of a prepared statement. */
    private interface Work<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    /** A connection whose statement fails is not used again. */
    private <T> T run(String sql, Object[] arguments, Work<T> work) {
        try {
            Connection connection = isShared() ? IdleConnections.take(address).orElseGet(this::connect) : connect();
            T result;
            try (PreparedStatement statement = prepare(connection, sql, arguments)) {
                result = work.of(statement);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
            if (isShared()) {
                IdleConnections.keep(address, connection);
            } else {
                connection.close();
            }
            return result;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Of several servers, each statement looks for the one that is the primary now. */
    private boolean isShared() {
        return !address.uri().contains(",");
    }

    /** The SQLSTATE with which the server refuses a statement; fails when it does not. */
    public String refusal(String sql, Object... arguments) {
        try (Connection connection = connect();
                PreparedStatement statement = prepare(connection, sql, arguments)) {
            statement.execute();
        } catch (SQLException e) {
            return e.getSQLState();
        }
        throw new AssertionError("not refused: " + sql);
    }

    public List<Map<String, @Nullable Object>> rows(String sql, Object... arguments) {
        return run(sql, arguments, statement -> {
            try (ResultSet found = statement.executeQuery()) {
                List<Map<String, @Nullable Object>> rows = new ArrayList<>();
                while (found.next()) {
                    rows.add(row(found));
                }
                return rows;
            }
        });
    }

    private static Map<String, @Nullable Object> row(ResultSet at) throws SQLException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 1; i <= at.getMetaData().getColumnCount(); i++) {
            row.put(at.getMetaData().getColumnLabel(i), at.getObject(i));
        }
        return row;
    }

    /** The first column of each row. */
    @SuppressWarnings("unchecked")
    public <T> List<T> column(String sql, Object... arguments) {
        return rows(sql, arguments).stream()
                .map(row -> (T) row.values().iterator().next())
                .toList();
    }

    /** The only value of the only row. */
    public <T> T value(String sql, Object... arguments) {
        List<T> values = column(sql, arguments);
        if (values.size() != 1) {
            throw new IllegalStateException(values.size() + " rows: " + sql);
        }
        return values.get(0);
    }

    /** The value of a {@code SELECT count(*)}. */
    public long count(String sql, Object... arguments) {
        return this.<Number>value(sql, arguments).longValue();
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
