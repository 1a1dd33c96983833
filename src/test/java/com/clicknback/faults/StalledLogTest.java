package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service whose standard output is a pipe that nobody reads, as when a log collector hangs. */
@Tag("faults")
@Timeout(600)
class StalledLogTest {
    /** More lines than the pipe takes. */
    private static final int REQUESTS = 2_000;

    /** As many as there are event loops on a large machine. */
    private static final int REFUSED = 64;

    @Test
    void aLogThatNobodyReadsHoldsUpNoRequestAndNoEnd() {
        try (ServiceProcess process = ServiceProcess.startUnread(
                TestServer.shared().createMigratedDatabase(), Map.of("CLICKNBACK_LOG_REQUESTS", "all"))) {
            ApiClient api = process.api();
            for (int i = 0; i < REQUESTS; i++) {
                api.get("/health/live").expect(200);
            }
            // The security log has a line for each of these.
            for (int i = 0; i < REFUSED; i++) {
                api.post("/webhooks/" + UUID.randomUUID() + "/purchases", JsonObject.of())
                        .expect(401);
            }

            api.get("/health/live").expect(200);
            assertThat(process.stop()).isEqualTo(ServiceProcess.TERMINATED);
        }
    }
}
