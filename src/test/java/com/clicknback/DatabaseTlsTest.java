package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Certificates;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL 15 that lets nobody in without a certificate, or loses its own. */
@Tag("postgres15")
class DatabaseTlsTest {
    @TempDir
    private static Path folder;

    private static DebianPostgres postgres;
    private static Certificates certificates;

    @BeforeAll
    static void startServer() {
        DebianPostgres.requireInstalled();
        postgres = DebianPostgres.start();
        certificates = new Certificates(folder);
        certificates.sign("certified");
        certificates.sign("renewed");
        certificates.sign("stranger");
        postgres.encrypt(certificates);
        postgres.admit("""
                local all all peer
                host all postgres 127.0.0.1/32 scram-sha-256
                hostssl certified,renewed certified,renewed 127.0.0.1/32 cert
                hostssl all all 127.0.0.1/32 scram-sha-256
                """);
        restart();
    }

    private static void restart() {
        postgres.stop();
        postgres.startAgain();
    }

    @AfterAll
    static void stopServer() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Address showing(Address database, String name) {
        return showing(database, name, folder);
    }

    private static Address showing(Address database, String name, Path files) {
        String parameters = "?sslmode=verify-full&sslrootcert=" + files.resolve("ca.pem") + "&sslcert="
                + files.resolve(name + ".crt") + "&sslkey=" + files.resolve(name + ".key");
        return new Address(database.uri().replace("127.0.0.1", "localhost") + parameters, database.user(), "");
    }

    @Test
    void poolMigrationAndCommandsShowTheCertificateThatTheServerAsksFor() {
        Address database = postgres.createDatabase("certified");
        Map<String, String> certified = TestConfig.environment(showing(database, "certified"));
        assertThat(ServiceProcess.run(folder, certified, "migrate"))
                .isEqualTo(new Ended(0, "The schema is up to date.\n"));

        try (TestService service = TestService.start(showing(database, "certified"), new TestClock())) {
            Scenario given = new Scenario(service);
            given.buy(given.user(), given.merchant(), "10.00");
            service.awaitCredits();
        }

        assertThat(ServiceProcess.run(folder, certified, "check").output()).contains("The ledger is consistent");
        Ended refused = ServiceProcess.run(folder, TestConfig.environment(showing(database, "stranger")), "check");
        assertThat(refused.output().lines())
                .singleElement()
                .asString()
                .contains("does not let certified in: certificate authentication failed");
        assertThat(refused.status()).isNotZero();
    }

    @Test
    void certificatesOfAnotherAuthorityServeWithoutARestart(@TempDir Path present, @TempDir Path renewed) {
        Certificates later = new Certificates(renewed);
        later.sign("renewed");
        copy(folder, present);
        Address database = showing(postgres.createDatabase("renewed"), "renewed", present);
        try (TestService service = TestService.start(database, new TestClock())) {
            Session user = new Scenario(service).user();
            copy(renewed, present);
            postgres.encrypt(later);
            restart();

            Waiting.until(
                    "the service trusts the new authority and shows the new certificate",
                    () -> service.api().as(user).get("/users/me").status() == 200);
        } finally {
            postgres.encrypt(certificates);
            restart();
        }
    }

    private static void copy(Path from, Path to) {
        for (String name : List.of("ca.pem", "renewed.crt", "renewed.key")) {
            try {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void aServerThatHasLostItsTlsIsUnavailableUntilItHasItAgain() {
        Address plain = postgres.createDatabase("losing");
        Address encrypted = new Address(plain.uri() + "?sslmode=require", plain.user(), plain.password());
        try (TestService service = TestService.start(encrypted, new TestClock())) {
            Session user = new Scenario(service).user();
            postgres.configure(Map.of("ssl", "off"));
            restart();

            service.api().as(user).get("/users/me").expectError(503, "SERVICE_UNAVAILABLE");
            Ended refused = ServiceProcess.run(folder, TestConfig.environment(encrypted), "check");
            assertThat(refused.output()).contains("no TLS connection to the database");

            postgres.configure(Map.of("ssl", "on"));
            restart();
            Waiting.until(
                    "the service is there again",
                    () -> service.api().as(user).get("/users/me").status() == 200);
        }
    }
}
