package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.testing.EarlierDatabase;
import com.clicknback.testing.ReleasedDatabase;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data folders of earlier builds. */
@Tag("faults")
@Timeout(600)
class EarlierFolderTest {
    /** The last build whose schema had thirteen files had one superuser, and other names of its secrets. */
    @Test
    void ofThirteenSchemaFilesStartsAndServesOn(@TempDir Path folder) throws IOException {
        TestServer.copyPrograms(folder);
        try (EmbeddedDatabase before = EmbeddedDatabase.start(folder, folder.resolve("binaries"), 0)) {
            Sql superuser = new Sql(before.address());
            superuser.execute("ALTER DATABASE postgres OWNER TO postgres");
            superuser.execute("DROP OWNED BY clicknback, clicknback_owner");
            superuser.execute("DROP ROLE clicknback, clicknback_owner");
            EarlierDatabase.restore(before.address());
        }
        Files.writeString(
                folder.resolve("secrets.properties"),
                "jwt_secret=a\\ secret\\ of\\ an\\ earlier\\ build,\\ 32\\ bytes\npayout_key="
                        + TestConfig.ENCRYPTION_KEY.replace("=", "\\=") + "\n");
        try (ServiceProcess service = ServiceProcess.start(settings(folder))) {
            logIn(service, "erin@shop.example");
            requireRightBooks(service, folder);
            assertThat(ServiceProcess.run(service.folder(), settings(folder), "rekey")
                            .output())
                    .contains("Encrypted 5 payout destinations");
        }
    }

    @Test
    void ofTheReleasedSchemaStartsAndServesOn(@TempDir Path folder) throws IOException {
        String user;
        TestServer.copyPrograms(folder);
        try (EmbeddedDatabase before = EmbeddedDatabase.start(folder, folder.resolve("binaries"), 0)) {
            ReleasedDatabase.restore(before.address());
            user = new Sql(before.address()).value("SELECT email FROM users WHERE active AND role = 'user' LIMIT 1");
        }
        Files.writeString(
                folder.resolve("secrets.properties"),
                "jwt_secret=a\\ secret\\ of\\ the\\ released\\ build,\\ 32\\ bytes\nencryption_key="
                        + TestConfig.ENCRYPTION_KEY.replace("=", "\\=") + "\n");

        try (ServiceProcess service = ServiceProcess.start(settings(folder))) {
            logIn(service, user);
            Sql sql = new Sql(EmbeddedDatabase.running(folder));
            Waiting.until("what was owed before is credited", () -> sql.count("""
                            SELECT count(*) FROM purchases p
                            WHERE NOT EXISTS (SELECT FROM cashback_credits WHERE purchase_id = p.id)
                            """) == 0);
            requireRightBooks(service, folder);
        }
    }

    private static Map<String, String> settings(Path folder) {
        return Map.of(
                "CLICKNBACK_DATA_DIR", folder.toString(),
                "CLICKNBACK_HTTP_HOST", "127.0.0.1",
                "CLICKNBACK_EVENT_LOOPS", "2",
                "CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "3600");
    }

    private static void logIn(ServiceProcess service, String email) {
        service.api()
                .post("/auth/login", JsonObject.of("email", email, "password", Session.PASSWORD))
                .expect(200);
    }

    private static void requireRightBooks(ServiceProcess service, Path folder) throws IOException {
        assertThat(ServiceProcess.run(service.folder(), settings(folder), "check")
                        .output())
                .contains("The ledger is consistent");
    }
}
