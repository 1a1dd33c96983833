package com.clicknback.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.TestServer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that nobody runs would rot: a second of each kind of load, whose figures mean nothing. */
@Tag("bench")
class BenchTest {
    @Test
    @Timeout(600)
    void runsEveryKindOfLoadAndFindsTheBooksInOrderAfterIt(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("report.json");
        Options options = Options.of(
                "--seconds", "1", "--warm-up", "1", "--only", "batch,reads,clicks,mixed", "--json", json.toString());
        try (Server server = Server.on(TestServer.shared().createDatabase())) {
            assertThat(Bench.run(options, server)).isEmpty();
        }
        JsonNode report = new ObjectMapper().readTree(Files.readString(json));
        assertThat(report.get("measurements").findValuesAsText("name"))
                .contains("single, closed loop", "batches of 1,000", "wallet reads", "clicks", "mixed day");
        for (JsonNode measured : report.get("measurements")) {
            JsonNode result = measured.get("result");
            assertThat(result.get("failures"))
                    .as(measured.get("name").textValue())
                    .isEmpty();
            assertThat(result.get("answered").get("max").doubleValue()).isPositive();
        }
    }
}
