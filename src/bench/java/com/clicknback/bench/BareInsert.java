package com.clicknback.bench;

import com.clicknback.testing.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** The least that a stored row takes on the same server: one prepared insert into a table without indexes, and its commit. */
final class BareInsert {
    private BareInsert() {}

    /** The median time of inserts one after the other. */
    static double p50Ms(Sql sql, int seconds) {
        sql.execute("DROP TABLE IF EXISTS bench_bare");
        sql.execute("CREATE TABLE bench_bare (told text NOT NULL)");
        DoubleStream.Builder taken = DoubleStream.builder();
        try (Connection connection = sql.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO bench_bare VALUES ('a row')")) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                insert.executeUpdate();
                taken.add((System.nanoTime() - begun) / (double) TimeUnit.MILLISECONDS.toNanos(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        double[] sorted = taken.build().sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
