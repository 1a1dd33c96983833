package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.Certificates;
import com.clicknback.testing.DebianPgBouncer;
import com.clicknback.testing.DebianPostgres;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The service on a PostgreSQL 15 of somebody else's: with TLS, behind a pooler, under a role that owns nothing. */
@Tag("postgres15")
class ForeignPostgresTest {
    private static DebianPostgres postgres;
    private static Path authority;

    @TempDir
    private static Path certificates;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() {
        DebianPostgres.requireInstalled();
        DebianPgBouncer.requireInstalled();
        postgres = DebianPostgres.start();
        Certificates signed = new Certificates(certificates);
        authority = signed.authority();
        postgres.encrypt(signed);
        postgres.stop();
        postgres.startAgain();
    }

    @AfterAll
    static void stopServer() {
        if (postgres != null) {
            postgres.close();
        }
    }

    private Ended migrate(Address database, String host, String parameters) {
        Map<String, String> environment = new HashMap<>(TestConfig.environment(database));
        environment.put(
                "CLICKNBACK_DATABASE_URL",
                database.uri().replace("127.0.0.1", host) + "?" + parameters.replace("CA", authority.toString()));
        return ServiceProcess.run(folder, environment, "migrate");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, sslmode=disable",
        "127.0.0.1, sslmode=prefer",
        "127.0.0.1, sslmode=require",
        "127.0.0.1, sslmode=verify-ca&sslrootcert=CA",
        "localhost, sslmode=verify-full&sslrootcert=CA"
    })
    void isReachedInEachModeOfTls(String host, String parameters) {
        Address database = postgres.createDatabase("tls" + Math.abs(parameters.hashCode()));

        Ended ended = migrate(database, host, parameters);

        assertThat(ended.output()).isEqualTo("The schema is up to date.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, sslmode=verify-full&sslrootcert=CA, No subject alternative names matching IP address 127.0.0.1",
        "localhost, sslmode=verify-full, unable to find valid certification path"
    })
    void isRefusedWithReasonAndAdviceWhenItDoesNotProveWhoItIs(String host, String parameters, String reason) {
        Ended ended = migrate(postgres.superuser(), host, parameters);

        assertThat(ended.output().lines())
                .satisfiesExactly(
                        why -> assertThat(why).contains("(CN=localhost) is not trusted: " + reason),
                        what -> assertThat(what).contains("sslmode and sslrootcert"));
        assertThat(ended.status()).isNotZero();
    }

    @Test
    void servesBehindAPoolerWhoseRoleWouldNotWaitForItsCommits() {
        Address direct = postgres.createDatabase("pooled");
        new Sql(postgres.superuser()).execute("ALTER ROLE pooled SET synchronous_commit = off");
        try (DebianPgBouncer pooler = DebianPgBouncer.before(postgres, direct);
                TestService service = TestService.start(
                        pooler.address(direct), new TestClock(), Map.of("CLICKNBACK_DATABASE_BEHIND_POOLER", "true"))) {
            Scenario given = new Scenario(service);
            Session user = given.user();
            given.buy(user, given.merchant(), "10.00");
            service.awaitCredits();
            service.requireCleanLedger();

            assertThat(given.wallet(user)).isNotNull();
        }
    }

    @Test
    void saysHowToReachAPooler() {
        Address direct = postgres.createDatabase("unsaid");
        try (DebianPgBouncer pooler = DebianPgBouncer.before(postgres, direct)) {
            Ended ended = migrate(pooler.address(direct), "127.0.0.1", "sslmode=disable");

            assertThat(ended.output()).contains("set database.behind_pooler to true");
        }
    }

    @Test
    void servesUnderARoleThatOwnsNothing() {
        postgres.makeRoles("shared", "of-the-owner", "of-the-service");
        String uri = postgres.superuser().uri().replaceFirst("/postgres$", "/shared");
        Address serving = new Address(uri, "clicknback", "of-the-service");
        try (TestService service = TestService.start(
                serving,
                new TestClock(),
                Map.of(
                        "CLICKNBACK_DATABASE_OWNER_USER", "clicknback_owner",
                        "CLICKNBACK_DATABASE_OWNER_PASSWORD", "of-the-owner"))) {
            Scenario given = new Scenario(service);
            given.buy(given.user(), given.merchant(), "10.00");
            service.awaitCredits();
            service.requireCleanLedger();
        }
        // Without the owner's password, on a schema that is up to date
        TestService.start(serving, new TestClock()).close();

        Sql sql = new Sql(serving);
        assertThat(sql.refusal("ALTER TABLE audit_log DISABLE TRIGGER ALL")).isEqualTo("42501");
        assertThat(sql.refusal("DROP TRIGGER ledger_transfers_append_only ON ledger_transfers"))
                .isEqualTo("42501");
        assertThat(sql.refusal("DROP TABLE ledger_transfers")).isEqualTo("42501");
        assertThat(sql.refusal("SET session_replication_role = replica")).isEqualTo("42501");
        assertThat(sql.refusal("CREATE TEMPORARY TABLE own (id int)")).isEqualTo("42501");
        assertThat(sql.refusal("TRUNCATE audit_log")).isEqualTo("42501");
        assertThat(sql.refusal("CREATE TABLE own (id int)")).isEqualTo("42501");
        assertThat(sql.refusal("DELETE FROM flyway_schema_history")).isEqualTo("42501");
    }
}
