package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.testing.EarlierDatabase;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data folder of the last build whose schema had thirteen files: one superuser, and other names of its secrets. */
@Tag("faults")
@Timeout(600)
class EarlierFolderTest {
    @Test
    void startsAndServesOn(@TempDir Path folder) throws IOException {
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
        Map<String, String> settings = Map.of(
                "CLICKNBACK_DATA_DIR", folder.toString(),
                "CLICKNBACK_HTTP_HOST", "127.0.0.1",
                "CLICKNBACK_EVENT_LOOPS", "2",
                "CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "3600");

        try (ServiceProcess service = ServiceProcess.start(settings)) {
            service.api()
                    .post("/auth/login", JsonObject.of("email", "erin@shop.example", "password", Session.PASSWORD))
                    .expect(200);
            assertThat(ServiceProcess.run(service.folder(), settings, "check").output())
                    .contains("The ledger is consistent");
            assertThat(ServiceProcess.run(service.folder(), settings, "rekey").output())
                    .contains("Encrypted 5 payout destinations");
        }
    }
}
