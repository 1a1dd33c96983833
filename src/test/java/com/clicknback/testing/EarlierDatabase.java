package com.clicknback.testing;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A database as the last build left it whose schema had thirteen files: demo data, and what users, a partner and
 * administrators did for some minutes. The service was killed while one purchase waited for its credit. One role made
 * and used everything. Its key is that of the tests.
 */
public final class EarlierDatabase {
    private static final String DUMP = "/databases/thirteen-files.sql";

    /** A partner with a secret that stood in clear. */
    public static final Partner PARTNER = new Partner(
            UUID.fromString("01a21823-fcc4-7000-b7ac-d5fe26c4dfed"),
            "whsec_No+F9oQErCtBijxTy7nXanloBRTccfs6ibJk2FNID2o=");

    private EarlierDatabase() {}

    /** Fills an empty database, as its superuser. */
    public static void restore(Address database) {
        try (Connection superuser = new Sql(database).connect();
                Statement statement = superuser.createStatement();
                InputStream dump = EarlierDatabase.class.getResourceAsStream(DUMP)) {
            statement.execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
