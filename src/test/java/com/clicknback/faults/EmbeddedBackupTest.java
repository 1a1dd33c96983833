package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.ServiceProcess.Ended;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The documented commands that back the embedded database up and restore it. */
@Tag("faults")
@Timeout(600)
class EmbeddedBackupTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n([^`]*clicknback-backup[^`]*)```");

    private static final Map<String, String> SETTINGS = Map.of(
            "CLICKNBACK_HTTP_PORT", "0",
            "CLICKNBACK_MANAGEMENT_PORT", "0",
            "CLICKNBACK_EVENT_LOOPS", "2",
            "CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "3600");

    @Test
    void whatIsRestoredIsWhatWasThere() throws IOException, InterruptedException {
        String commands = BLOCK.matcher(Files.readString(Path.of("docs/operations.md")))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("mv .data lost\n"));
        try (ServiceProcess service = ServiceProcess.start(SETTINGS)) {
            String email = "kept@shop.example";
            JsonObject account = JsonObject.of("email", email, "password", "Str0ng!Pass");
            service.api().post("/users", account).expect(201);
            service.stop();

            run(service.folder(), commands);

            Ended check = ServiceProcess.run(service.folder(), SETTINGS, "check");
            assertThat(check.output()).contains("The ledger is consistent");
            assertThat(check.status()).isZero();
            service.restart();
            service.api().post("/auth/login", account).expect(200);
        }
    }

    private static void run(Path folder, String commands) throws IOException, InterruptedException {
        Path output = folder.resolve("commands.txt");
        Process shell = new ProcessBuilder("sh", "-e", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(shell.waitFor()).as(Files.readString(output)).isZero();
    }
}
