package com.clicknback.bench;

import com.clicknback.TestConfig;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Sql;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** Checks that all that was answered 2xx is stored once and credited once, and that the books agree. */
final class EndCheck {
    private static final String LOST = """
            SELECT count(*) FROM acknowledged a WHERE NOT EXISTS (SELECT FROM purchases p WHERE p.external_id = a.external_id)
            """;

    private static final String NOT_ONCE = """
            SELECT count(*) FROM (
                SELECT FROM purchases p
                LEFT JOIN cashback_credits c ON c.purchase_id = p.id
                LEFT JOIN ledger_transfers t ON t.purchase_id = p.id AND t.kind = 'cashback_credit'
                GROUP BY p.external_id, p.partner_id
                HAVING count(DISTINCT p.id) <> 1 OR count(c.purchase_id) <> 1
                    OR coalesce(sum(t.amount_minor), 0) <> max(c.amount_minor)) wrong
            """;

    /** It reads everything there is: some millions of purchases a minute. */
    private static final Duration CHECK_MAX = Duration.ofMinutes(30);

    private EndCheck() {}

    /** The problems that the check found. */
    static List<String> run(Address database, Path acknowledged) throws IOException, SQLException {
        List<String> wrong = new ArrayList<>();
        Sql sql = new Sql(database);
        load(sql, acknowledged);
        note(wrong, sql.count(LOST), "acknowledged purchases are missing");
        note(wrong, sql.count(NOT_ONCE), "purchases are not stored once and credited once");
        ServiceProcess.Ended check = ServiceProcess.run(
                CHECK_MAX,
                Files.createTempDirectory(Path.of("target"), "check-"),
                TestConfig.environment(database),
                "check");
        if (check.status() != 0) {
            wrong.add(check.output());
        }
        return wrong;
    }

    private static void load(Sql sql, Path acknowledged) throws IOException, SQLException {
        sql.execute("DROP TABLE IF EXISTS acknowledged");
        sql.execute("CREATE UNLOGGED TABLE acknowledged (external_id text NOT NULL)");
        try (Connection connection = sql.connect();
                Statement statement = connection.createStatement();
                BufferedReader lines = Files.newBufferedReader(acknowledged)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY acknowledged FROM STDIN", lines);
            statement.execute("ANALYZE acknowledged");
        }
    }

    private static void note(List<String> wrong, long count, String what) {
        if (count > 0) {
            wrong.add(count + " " + what);
        }
    }
}
