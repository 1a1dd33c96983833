package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation that takes a body gives one up that does not come. */
@ExtendWith(ServiceExtension.class)
class SlowBodyWalkTest {
    private final TestService service;
    private final Scenario given;

    SlowBodyWalkTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @Test
    void givesUpABodyThatDoesNotCome() {
        GoodRequests good = new GoodRequests(service, given);
        Map<ApiOperation, Supplier<Reply>> waiting = new LinkedHashMap<>();
        ApiOperation.all().stream()
                .filter(operation -> operation.body() != ApiOperation.Body.NONE)
                .forEach(operation -> waiting.put(
                        operation,
                        good.client(operation, "{}").sendWithoutItsBody(operation.method(), good.path(operation))));

        assertThat(waiting).isNotEmpty().allSatisfy((operation, reply) -> {
            JsonObject details = reply.get().expectError(408, "BODY_TIMEOUT");
            assertThat(details.getInteger("timeout_seconds")).isEqualTo(60);
            assertThat(details.getInteger("bytes_per_second_min")).isEqualTo(1_024);
        });
    }
}
