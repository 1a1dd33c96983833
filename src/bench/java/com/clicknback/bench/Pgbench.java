package com.clicknback.bench;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Sql;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The baseline: what the same server does when each purchase is a transaction of its own, without HTTP, signatures,
 * JSON or Java. Its script is the whole transaction: four look-ups, then purchase, journal and wallet.
 */
final class Pgbench {
    private static final Path SCRIPT = Path.of("target", "bench", "purchase.sql");
    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+)");
    private static final int WARM_UP_S = 2;

    /** Of each measurement, so that those beside a phase are of the same minute. */
    private static final int SECONDS = 5;

    private static final String PURCHASE = """
            \\set number random(1, 9000000000000000)
            \\set user_number random(0, %3$s)
            \\set merchant_number random(0, %4$s)
            \\set amount random(1, 20000)
            BEGIN;
            SELECT id, status FROM purchases WHERE partner_id = '%2$s' AND external_id = 'pgbench-' || :number;
            SELECT active FROM users WHERE id = (SELECT id FROM bench_users WHERE number = :user_number);
            SELECT active, default_percentage_e4 FROM merchants
                WHERE id = (SELECT id FROM bench_merchants WHERE number = :merchant_number);
            SELECT id, cashback_value_e4 FROM offers
                WHERE merchant_id = (SELECT id FROM bench_merchants WHERE number = :merchant_number)
                AND active AND current_date BETWEEN start_date AND end_date;
            WITH purchase AS (
                INSERT INTO purchases (id, partner_id, external_id, user_id, merchant_id, amount_minor, currency,
                    purchased_at, purchased_at_stated, cashback_type, cashback_value_e4, cashback_minor, created_at,
                    updated_at)
                VALUES (%1$s, '%2$s', 'pgbench-' || :number,
                    (SELECT id FROM bench_users WHERE number = :user_number),
                    (SELECT id FROM bench_merchants WHERE number = :merchant_number), :amount, 'EUR', now(), true,
                    'percent', 50000, :amount / 20, now(), now())
                RETURNING id, user_id)
            INSERT INTO ledger_transfers (id, user_id, kind, debit, credit, amount_minor, currency, purchase_id,
                created_at)
            SELECT %1$s, user_id, 'cashback_credit', 'outside', 'pending', :amount / 20 + 1, 'EUR', id, now()
            FROM purchase;
            UPDATE wallets SET pending_minor = pending_minor + :amount / 20 + 1, version = version + 1
                WHERE user_id = (SELECT id FROM bench_users WHERE number = :user_number);
            COMMIT;
            """;

    private final Address database;

    private Pgbench(Address database) {
        this.database = database;
    }

    /** Makes a seeded database ready for it; empty when pgbench is not there. */
    static Optional<Pgbench> on(Address database) throws IOException, InterruptedException {
        if (!isThere()) {
            return Optional.empty();
        }
        Sql sql = new Sql(database);
        number(sql, "users", Load.USERS);
        number(sql, "merchants", Load.MERCHANTS);
        Files.createDirectories(SCRIPT.getParent());
        Files.writeString(SCRIPT, PURCHASE.formatted(newId(sql), Seed.PARTNER_ID, Load.USERS - 1, Load.MERCHANTS - 1));
        return Optional.of(new Pgbench(database));
    }

    /** Transactions a second now, the better of 16 and of 64 clients. */
    double measure() throws IOException, InterruptedException {
        run(database, 16, WARM_UP_S);
        return Math.max(run(database, 16, SECONDS), run(database, 64, SECONDS));
    }

    /** Older servers make random ids only. */
    private static String newId(Sql sql) {
        return sql.count("SELECT count(*) FROM pg_proc WHERE proname = 'uuidv7'") > 0
                ? "uuidv7()"
                : "gen_random_uuid()";
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder("pgbench", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException none) {
            return false;
        }
    }

    /** A script can only draw numbers: these tables give them meaning. */
    private static void number(Sql sql, String table, int count) {
        sql.execute("DROP TABLE IF EXISTS bench_" + table);
        sql.execute("CREATE TABLE bench_" + table + " (number int PRIMARY KEY, id uuid NOT NULL)");
        sql.execute(
                "INSERT INTO bench_" + table + " SELECT row_number() OVER (ORDER BY id) - 1, id FROM " + table
                        + " ORDER BY id LIMIT ?",
                count);
        sql.execute("ANALYZE bench_" + table);
    }

    private static double run(Address database, int clients, int seconds) throws IOException, InterruptedException {
        URI uri = URI.create(database.uri());
        ProcessBuilder command = new ProcessBuilder(
                "pgbench",
                "--no-vacuum",
                "--protocol=prepared",
                "--client=" + clients,
                "--jobs=2",
                "--time=" + seconds,
                "--file=" + SCRIPT,
                "--host=" + uri.getHost(),
                "--port=" + uri.getPort(),
                "--username=" + database.user(),
                uri.getPath().substring(1));
        command.environment().put("PGPASSWORD", database.password());
        Path output = SCRIPT.resolveSibling("pgbench.txt");
        Process process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(seconds + 60L, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        Matcher rate = RATE.matcher(Files.readString(output));
        if (process.exitValue() != 0 || !rate.find()) {
            throw new IOException("pgbench failed: " + Files.readString(output));
        }
        return Double.parseDouble(rate.group(1));
    }
}
