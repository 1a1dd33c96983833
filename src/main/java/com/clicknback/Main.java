package com.clicknback;

import com.clicknback.audit.AuditTrail;
import com.clicknback.config.AppConfig;
import com.clicknback.config.Configuration;
import com.clicknback.config.ConfigurationException;
import com.clicknback.config.Settings;
import com.clicknback.demo.DemoBanner;
import com.clicknback.platform.clock.ClockVerticle;
import com.clicknback.platform.clock.DatabaseClock;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.crypto.Keyring;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.DatabaseStart;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.db.UnfitDatabaseException;
import com.clicknback.platform.embedded.EmbeddedDatabase.UnusableException;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.FileFaults;
import com.clicknback.platform.errors.Violation;
import com.clicknback.platform.migrations.Migrations;
import com.clicknback.platform.migrations.Migrations.UnfitSchemaException;
import com.clicknback.platform.ops.JvmOptions;
import com.clicknback.platform.ops.OpenFiles;
import com.clicknback.platform.ops.Termination;
import com.clicknback.users.EmailAddress;
import com.clicknback.users.GeneratedPassword;
import com.clicknback.users.PasswordCost;
import com.clicknback.users.Registration;
import com.clicknback.users.User;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process: reads the configuration, brings a database if none is named, and runs one command. */
public final class Main {
    private static final int CLEAN = 0;
    private static final int FAILED = 1;
    private static final int MISCONFIGURED = 2;
    private static final int CLOSE_WAIT_S = 12;
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private static final String HELP = """
            Usage: java -jar clicknback.jar [command]

              serve    run the service (what it does without a command)
              check    recompute every wallet and cap from the journal; status 1 and the differing rows if any differ
              migrate  bring the database's schema up to date
              rekey    encrypt where payouts go and the secrets of partners with the current key, so that older keys
                       can be forgotten; status 1 if a row needs a key that is not set
              create-admin EMAIL
                       open the account of an administrator, also beside a running service; its password is
                       CLICKNBACK_ADMIN_PASSWORD, or one that is generated and shown once
              config   show the settings in force, secrets masked
              --version
              --help   show this

            Settings: conf/default.yaml lists them all; conf/local.yaml and CLICKNBACK_* variables override them.
            """;

    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;
    private volatile boolean serving;
    private volatile boolean closing;
    private boolean closes;

    private Main(PrintStream out, PrintStream err, Clock clock) {
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        // Libraries turn names into capitals by the host's language: a Turkish one has another capital of i.
        Locale.setDefault(Locale.ROOT);
        run(arguments, Clock.systemUTC());
    }

    /** Runs the process on a clock that is not the host's, as tests of its steps need it. */
    static void run(String[] arguments, Clock clock) {
        Main process = new Main(System.out, System.err, clock);
        int status = process.run(arguments.length == 0 ? List.of("serve") : List.of(arguments));
        if (status == CLEAN && process.out.checkError()) {
            process.err.println("clicknback: the output could not be written");
            status = FAILED;
        }
        if (!process.closes) {
            Logging.flush();
        }
        System.exit(status);
    }

    private int run(List<String> arguments) {
        try {
            if (arguments.size() == 2 && arguments.get(0).equals("create-admin")) {
                return createAdmin(arguments.get(1));
            }
            return switch (arguments.size() == 1 ? arguments.get(0) : "") {
                case "serve" -> serve();
                case "check" -> check();
                case "migrate" -> migrate();
                case "rekey" -> rekey();
                case "config" -> config();
                case "--version", "version" -> say("clicknback " + Version.TEXT);
                case "--help", "-h", "help" -> say(HELP.stripTrailing());
                case "create-admin" -> throw new StartException("create-admin needs an e-mail address");
                default -> {
                    err.println("clicknback: no such command: " + String.join(" ", arguments) + " (try --help)");
                    yield MISCONFIGURED;
                }
            };
        } catch (ConfigurationException e) {
            e.problems().forEach(problem -> err.println("clicknback: " + problem));
            return MISCONFIGURED;
        } catch (StartException | UnusableException | UnfitSchemaException | UnfitDatabaseException e) {
            err.println("clicknback: " + e.getMessage());
            return MISCONFIGURED;
        } catch (Throwable e) {
            // All of them: a failed future throws its failure as it is, and an error would leave other threads running.
            LOG.debug("failed", e);
            Termination.unlessUnderWay(() -> err.println("clicknback: " + oneLine(e)));
            return FAILED;
        }
    }

    private int say(String text) {
        out.println(text);
        return CLEAN;
    }

    private int config() {
        return say(String.join("\n", withVertx(Configuration::describe)));
    }

    private static String oneLine(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = cause instanceof FileSystemException e ? FileFaults.named(e) : SqlFailures.inWords(cause);
        return words.lines().findFirst().orElse("failed");
    }

    private static Settings configure() {
        Vertx reader = Configuration.vertx();
        try {
            return Configuration.read(reader).await();
        } finally {
            reader.close().await();
        }
    }

    /** Does not return while the service runs; a signal ends it, and so does the end of a server of its own. */
    private int serve() throws IOException {
        Settings settings = configure();
        Logging.apply(settings.log());
        JvmOptions.warn();
        OpenFiles.warn(settings.http().connectionsMax());
        Storage storage = Storage.open(settings);
        App app = new App(storage.config(), DatabaseClock.synchronised(clock), PasswordCost.OWASP);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(app, storage, settings), "shutdown"));
        storage.closedByCaller();
        closes = true;
        App.Running running = app.start().await();
        serving = true;
        LOG.info(
                "ClicknBack {} serves on port {} with these settings beside the defaults: {}",
                Version.TEXT,
                running.httpPort(),
                String.join(", ", withVertx(Configuration::describeChanged)));
        if (settings.seedsDemo()) {
            out.println(DemoBanner.text(
                    settings.shownUrl(running.httpPort()),
                    settings.shownManagementUrl(running.managementPort()),
                    Instant.now()));
        }
        storage.ended().join();
        if (closing) {
            return CLEAN;
        }
        serving = false;
        throw new IOException("the PostgreSQL that this process brought has ended; "
                + settings.dataDir().resolve("postgres.log") + " may say why");
    }

    private void close(App app, Storage storage, Settings settings) {
        closing = true;
        if (serving) {
            drain(app, settings.shutdown().drainSeconds());
            LOG.info("ClicknBack {} stops", Version.TEXT);
        }
        try (storage) {
            app.close().await(CLOSE_WAIT_S, TimeUnit.SECONDS);
        } catch (TimeoutException | IOException e) {
            LOG.warn("closing: {}", e.toString());
        }
        Logging.flush();
    }

    /** Serves on while load balancers learn that this process is not ready. */
    private static void drain(App app, int seconds) {
        app.drain();
        if (seconds > 0) {
            LOG.info("ClicknBack {} drains for {} s; another SIGTERM ends that", Version.TEXT, seconds);
            Termination.awaitAnother(seconds);
        }
    }

    /** Rows that differ from the journal, and those that no key reads. */
    private record Checked(List<BooksCheck.Difference> differences, List<String> unreadable) {}

    private int check() throws IOException {
        Settings settings = configure();
        Logging.apply(settings.log().quiet());
        try (Storage storage = Storage.openOrJoin(settings)) {
            Checked checked = withSchema(
                    storage.config(),
                    (database, keys) -> BooksCheck.run(database)
                            .compose(differences ->
                                    keys.unreadable().map(unreadable -> new Checked(differences, unreadable))));
            List<BooksCheck.Difference> differences = checked.differences();
            checked.unreadable().forEach(out::println);
            differences.forEach(row -> out.printf(
                    "%s %s: expected %s, found %s%n", row.what(), row.which(), row.expected(), row.actual()));
            out.println(
                    differences.isEmpty()
                            ? "The ledger is consistent: every wallet, cap, purchase and payout agrees with the journal."
                            : "The ledger is inconsistent: " + differences.size() + " rows differ.");
            return differences.isEmpty() && checked.unreadable().isEmpty() ? CLEAN : FAILED;
        }
    }

    private int createAdmin(String text) throws IOException {
        EmailAddress email = EmailAddress.parse(text)
                .orElseThrow(
                        () -> new StartException("'" + text.replaceAll("\\p{Cntrl}", "?") + "' is no e-mail address"));
        Settings settings = configure();
        Logging.apply(settings.log().quiet());
        String chosen = settings.admin().password();
        if (chosen == null) {
            out.println("A password is generated for " + email + ".");
            if (out.checkError()) {
                throw new StartException("the output cannot be written, so nobody would see the generated password");
            }
        }
        String password = chosen == null ? GeneratedPassword.next() : chosen;
        try (Storage storage = Storage.openOrJoin(settings)) {
            User admin = withDatabase(
                    storage.config(),
                    (vertx, database) -> migrate(vertx, database, storage.config())
                            .compose(v -> registration(database))
                            .compose(registration -> registration.ofAdmin(vertx, email, password, "create-admin")));
            out.println("The administrator " + admin.email() + " can log in."
                    + (chosen == null ? " Password, shown this once: " + password : ""));
            return CLEAN;
        } catch (DomainException e) {
            throw new StartException(e.getMessage() + reasons(e));
        }
    }

    private static String reasons(DomainException refusal) {
        return refusal.details().get("violations") instanceof List<?> violations
                ? violations.stream()
                        .map(violation -> ((Violation) violation).reason())
                        .collect(Collectors.joining(", it ", " It ", "."))
                : "";
    }

    private Future<Registration> registration(Database database) {
        DatabaseClock ticks = DatabaseClock.synchronised(clock);
        TimeOrderedIds ids = new TimeOrderedIds(ticks);
        return ClockVerticle.synchronise(database, ticks)
                .map(v -> new Registration(database, new AuditTrail(ids, ticks), ids, ticks));
    }

    private int migrate() throws IOException {
        Settings settings = configure();
        Logging.apply(settings.log().quiet());
        try (Storage storage = Storage.open(settings)) {
            withDatabase(storage.config(), (vertx, database) -> migrate(vertx, database, storage.config()));
            out.println("The schema is up to date.");
            return CLEAN;
        }
    }

    private static Future<Void> migrate(Vertx vertx, Database database, AppConfig config) {
        return Migrations.run(vertx, database, StoredKeys.migrationSteps(StoredKeys.configured(config)));
    }

    private int rekey() throws IOException {
        Settings settings = configure();
        Logging.apply(settings.log().quiet());
        try (Storage storage = Storage.openOrJoin(settings)) {
            StoredKeys.Outcome outcome = withSchema(storage.config(), (database, keys) -> keys.rekey());
            outcome.lines().forEach(out::println);
            return outcome.complete() ? CLEAN : FAILED;
        }
    }

    /** The work of commands that read the schema and do not migrate: it starts on that of this build only. */
    private static <T> T withSchema(AppConfig config, BiFunction<Database, StoredKeys, Future<T>> work) {
        Keyring keys = StoredKeys.configured(config);
        return withDatabase(
                config,
                (vertx, database) -> Migrations.requireCurrent(
                                vertx, config.database(), StoredKeys.migrationSteps(keys))
                        .compose(current -> work.apply(database, new StoredKeys(database, keys))));
    }

    private static <T> T withDatabase(AppConfig config, BiFunction<Vertx, Database, Future<T>> work) {
        return withVertx(vertx -> {
            Database database = Database.openForReports(vertx, config.database());
            return DatabaseStart.require(vertx, database).compose(fit -> work.apply(vertx, database));
        });
    }

    private static <T> T withVertx(Function<Vertx, Future<T>> work) {
        Vertx vertx = Configuration.vertx();
        try {
            return work.apply(vertx).await();
        } finally {
            vertx.close().await();
        }
    }
}
