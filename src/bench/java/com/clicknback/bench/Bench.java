package com.clicknback.bench;

import com.clicknback.bench.Load.Kind;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measures the service under every kind of load, beside its baselines on the same server, and checks the books after it. */
public final class Bench {
    private static final int SINGLES_PER_SECOND_MAX = 40_000;
    private static final int CROWD = 256;
    private static final int LARGE_CROWD = 512;
    private static final int READERS = 64;
    private static final int WARM_UP_PART_S = 60;
    private static final int NODES_MAX = 3;
    private static final int YOUNG_PARTS = 4;
    private static final int YOUNG_PART_S = 20;
    private static final int YOUNG_BATCH = 500;
    private static final int YOUNG_BATCHES_PER_SECOND = 5;
    private static final int OVERLOAD_CONNECTIONS = 6_000;
    private static final int SUSTAINED_STEPS_MAX = 6;
    private static final double SUSTAINED_FIRST = 0.95;
    private static final double SUSTAINED_STEP = 0.92;
    private static final Map<String, String> AS_SHIPPED = Map.of();
    private static final Map<String, String> UNBATCHED = Map.of("CLICKNBACK_INGEST_BATCH_MAX", "1");

    private static final String BYTES_A_PURCHASE =
            "SELECT pg_database_size(current_database()) / greatest(count(*), 1) FROM purchases";

    private final Options options;
    private final Server server;
    private final Report report;
    private final Path acknowledged;
    private long nextNumber = 1;
    private Baseline baseline = Baseline.none();

    private Bench(Options options, Server server) throws IOException {
        this.options = options;
        this.server = server;
        this.acknowledged = Path.of("target", "bench", "acknowledged.txt");
        Files.createDirectories(acknowledged.getParent());
        this.report = new Report(acknowledged.resolveSibling("unchecked.txt"));
        Files.deleteIfExists(acknowledged);
        Files.createFile(acknowledged);
    }

    /** Arguments: {@link Options#HELP}. Ends with status 1, and without a report, when the end check fails. */
    public static void main(String[] arguments) throws IOException, SQLException, InterruptedException {
        Options options;
        try {
            options = Options.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.HELP);
            System.exit(2);
            return;
        }
        try (Server server = Server.open(options)) {
            List<String> wrong = run(options, server);
            if (!wrong.isEmpty()) {
                System.err.println("The end check failed, so there are no figures: " + wrong);
                System.exit(1);
            }
        }
        System.exit(0);
    }

    /** Runs what the options name; the report is written only when nothing is wrong, which is what the answer tells. */
    static List<String> run(Options options, Server server) throws IOException, SQLException, InterruptedException {
        return new Bench(options, server).run();
    }

    private List<String> run() throws IOException, SQLException, InterruptedException {
        Address database = server.createSeeded("clicknback_bench");
        Sql sql = new Sql(database);
        Usage.prepare(sql);
        if (options.wants("pgbench")) {
            baseline = Baseline.on(server.createSeeded("clicknback_bench_baseline"));
        }
        if (options.wants("young")) {
            youngTables(database, sql);
        }
        if (options.wantsOneProcess()) {
            oneProcess(database, sql);
        }
        if (options.wants("nodes")) {
            for (int count = 1; count <= NODES_MAX; count++) {
                severalProcesses(count, database, sql);
            }
        }
        if (options.wants("unbatched")) {
            settle(sql);
            try (Service service = Service.start(database, UNBATCHED, options, acknowledged)) {
                new Session(service, sql).unbatched();
            }
        }
        if (options.existing() > 0) {
            new FullTable(sql).fill(options.existing());
            settle(sql);
            try (Service service = Service.start(database, AS_SHIPPED, options, acknowledged)) {
                new Session(service, sql).fullTable();
            }
        }
        if (options.wants("pgbench")) {
            if (baseline.taken().isEmpty()) {
                baseline.measure();
            }
            report.figure("P, pgbench transactions/s, in the order of measuring", baseline.taken());
        }
        report.figure("bytes of the database for each purchase", sql.count(BYTES_A_PURCHASE));
        List<String> wrong = EndCheck.run(database, acknowledged);
        if (wrong.isEmpty()) {
            new Ratios(report, baseline).add();
            report.publish(options.json());
        }
        return wrong;
    }

    private void oneProcess(Address database, Sql sql) throws IOException, InterruptedException {
        try (Service service = Service.start(database, AS_SHIPPED, options, acknowledged)) {
            new Session(service, sql).all();
            report.figure("peak memory of the service, MiB", Processes.peakMib(service.processId()));
            if (server.processId().isPresent()) {
                report.figure(
                        "memory of the server, MiB",
                        Processes.presentMib(server.processId().get()));
            }
        }
    }

    /**
     * The first purchases of a database, in equal parts. Autovacuum is off, so nobody but the service itself gives the planner
     * statistics. They come in batches of one size and at a rate that a cold process serves too: single purchases would be
     * gathered into larger batches by a process that is still slow, which are cheaper.
     */
    private void youngTables(Address database, Sql sql) throws IOException, InterruptedException {
        List<String> tables = sql
                .rows("SELECT oid::regclass::text AS name FROM pg_class"
                        + " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
                .stream()
                .map(row -> row.get("name").toString())
                .toList();
        tables.forEach(table -> sql.execute("ALTER TABLE " + table + " SET (autovacuum_enabled = false)"));
        try (Service service = Service.start(database, AS_SHIPPED, options, acknowledged)) {
            Session session = new Session(service, sql);
            List<Double> costs = new ArrayList<>();
            for (int part = 1; part <= YOUNG_PARTS; part++) {
                Load load = Load.closed(Kind.BATCH_WEBHOOK, 4, YOUNG_PART_S)
                        .withPurchasesPerRequest(YOUNG_BATCH)
                        .withRate(YOUNG_BATCHES_PER_SECOND);
                costs.add(session.take("young tables, part " + part, load).serverMicrosecondsAPurchase());
            }
            report.figure(
                    "young tables, microseconds of PostgreSQL for each of %d purchases a part"
                            .formatted(YOUNG_PART_S * YOUNG_BATCHES_PER_SECOND * YOUNG_BATCH),
                    costs.stream().map(Math::round).toList());
            report.ratio(
                    "young tables, the first part",
                    Optional.of(costs.get(0)),
                    Optional.of(costs.get(YOUNG_PARTS - 1)),
                    "the last");
        }
        tables.forEach(table -> sql.execute("ALTER TABLE " + table + " RESET (autovacuum_enabled)"));
        settle(sql);
    }

    /** The load of single webhooks, divided among processes that were all started anew. */
    private void severalProcesses(int count, Address database, Sql sql) throws IOException, InterruptedException {
        settle(sql);
        try (Service service = Service.start(count, database, AS_SHIPPED, options, acknowledged)) {
            Session session = new Session(service, sql);
            session.warmUp(count);
            List<Long> before = service.credited();
            String name = "processes: " + count;
            Measurement taken = session.take(name, session.singles(CROWD, options.seconds()));
            List<Long> after = service.credited();
            report.figure(
                    name + ", credited by each",
                    IntStream.range(0, count)
                            .mapToLong(i -> after.get(i) - before.get(i))
                            .boxed()
                            .toList());
            report.figure(
                    name + ", CPU microseconds a purchase, service and PostgreSQL", taken.cpuMicrosecondsAPurchase());
        }
    }

    /**
     * Leaves the server at rest: cleaned up, flushed to disk, and without purchases to verify soon. Otherwise that work would
     * run while the next process is measured.
     */
    private static void settle(Sql sql) {
        sql.execute("UPDATE verifications SET due_at = 'infinity' WHERE due_at IS NOT NULL");
        sql.execute("UPDATE verification_batches SET due_at = 'infinity'");
        sql.execute("VACUUM ANALYZE");
        sql.execute("CHECKPOINT");
    }

    /** The scenarios of one process of the service. */
    private final class Session {
        private final Service service;
        private final Sql sql;

        Session(Service service, Sql sql) {
            this.service = service;
            this.sql = sql;
        }

        private Measurement take(String name, Load load) throws IOException, InterruptedException {
            int perSecond = load.ratePerSecond() > 0
                    ? load.ratePerSecond()
                    : SINGLES_PER_SECOND_MAX / load.purchasesPerRequest();
            boolean repeated = load.kind() == Kind.WALLET || load.kind() == Kind.OWN_PURCHASES;
            int requests = repeated ? Load.USERS : Math.max(1, perSecond) * load.seconds();
            Load prepared = load.prepared(nextNumber, requests);
            nextNumber += (long) requests * load.purchasesPerRequest();
            Measurement taken = Measurement.take(name, prepared, service, server.processId(), sql);
            report.add(taken);
            return taken;
        }

        private Load singles(int connections, int seconds) {
            return Load.closed(Kind.WEBHOOK, connections, seconds);
        }

        void warmUp() throws IOException, InterruptedException {
            warmUp(1);
        }

        /**
         * In parts, because the requests of each are made and kept before it begins. Each of several processes compiles by
         * itself, on its share of the cores: it takes as many times as long until all of them are warm.
         */
        void warmUp(int processes) throws IOException, InterruptedException {
            for (int left = options.warmUp() * processes; left > 0; left -= WARM_UP_PART_S) {
                take("(warm-up)", singles(CROWD, Math.min(left, WARM_UP_PART_S)));
            }
        }

        /** Takes a phase between two measurements of P, of which the first follows the phase before. */
        private Measurement takeBesideBaseline(String name, Load load) throws IOException, InterruptedException {
            Measurement taken = take(name, load);
            baseline.measureAfter(name);
            return taken;
        }

        void all() throws IOException, InterruptedException {
            int seconds = options.seconds();
            warmUp();
            baseline.measure();
            Measurement single = takeBesideBaseline(Ratios.SINGLE, singles(CROWD, seconds));
            if (options.wants("single")) {
                takeBesideBaseline(Ratios.SINGLE_512, singles(LARGE_CROWD, seconds));
            }
            if (options.wants("sustained")) {
                sustained(single.creditedPerSecond());
            }
            if (options.wants("batch")) {
                take(
                        "batches of 100",
                        Load.closed(Kind.BATCH_WEBHOOK, 16, seconds).withPurchasesPerRequest(100));
                baseline.measure();
                takeBesideBaseline(
                        Ratios.BATCHES,
                        Load.closed(Kind.BATCH_WEBHOOK, 4, seconds).withPurchasesPerRequest(1000));
            }
            if (options.wants("own")) {
                take("users' own purchases", Load.closed(Kind.OWN_PURCHASE, READERS, seconds));
            }
            if (options.wants("hot")) {
                take("one hot user", singles(CROWD, seconds).among(1, Load.MERCHANTS));
                take("one hot merchant", singles(CROWD, seconds).among(Load.USERS, 1));
            }
            if (options.wants("duplicates")) {
                take("20 % duplicates", singles(CROWD, seconds).withDuplicates(20));
            }
            if (options.wants("reads")) {
                take("wallet reads", Load.closed(Kind.WALLET, READERS, seconds));
                take("purchase list reads", Load.closed(Kind.OWN_PURCHASES, READERS, seconds));
            }
            if (options.wants("clicks")) {
                // The JVM has compiled what webhooks run, and what clicks run not yet.
                take("(warm-up of clicks)", Load.closed(Kind.CLICK, CROWD, seconds));
                take("clicks", Load.closed(Kind.CLICK, CROWD, seconds));
            }
            if (options.wants("terms")) {
                new Carried(this::take, sql, report).measure(options.seconds());
            }
            if (options.wants("mixed")) {
                take("mixed day", Load.closed(Kind.MIXED_DAY, CROWD, seconds));
            }
            if (options.wants("overload")) {
                overload(single);
            }
            // Last here and first of the unbatched: a minute apart, the machine is most likely as fast as it was.
            if (options.wants("latency")) {
                oneConnection("one connection");
            }
        }

        private void oneConnection(String name) throws IOException, InterruptedException {
            report.figure(name + ", a bare insert beside it, p50 ms", BareInsert.p50Ms(sql, options.seconds()));
            take(name, singles(1, options.seconds() / 2));
        }

        /** The highest fixed rate, in steps, at which crediting keeps up for three phases' time. */
        private void sustained(double ratePerSecond) throws IOException, InterruptedException {
            double rate = SUSTAINED_FIRST * ratePerSecond;
            for (int step = 1; step <= SUSTAINED_STEPS_MAX; step++) {
                Measurement taken = take(
                        "sustained, step " + step,
                        singles(CROWD, 3 * options.seconds()).withRate((int) rate));
                if (taken.isSustained()) {
                    report.figure("sustained, purchases/s", Math.round(taken.creditedPerSecond()));
                    take("half of sustained", singles(CROWD, options.seconds()).withRate((int) rate / 2));
                    return;
                }
                rate *= SUSTAINED_STEP;
            }
            report.figure("sustained, purchases/s", "none of the rates tried");
        }

        private void overload(Measurement single) throws IOException, InterruptedException {
            int twice = (int) (2 * single.result().acceptedPerSecond());
            take(
                    "overload, twice the maximum",
                    singles(OVERLOAD_CONNECTIONS, 3 * options.seconds()).withRate(twice));
            take("right after the overload", singles(CROWD, options.seconds() / 2));
        }

        void unbatched() throws IOException, InterruptedException {
            warmUp();
            oneConnection("U: one connection");
            take("U: single, closed loop", singles(CROWD, options.seconds()));
        }

        void fullTable() throws IOException, InterruptedException {
            warmUp();
            take("full table: single", singles(CROWD, options.seconds()));
            new DeepPages(service.httpPort(), sql).measure(report);
        }
    }
}
