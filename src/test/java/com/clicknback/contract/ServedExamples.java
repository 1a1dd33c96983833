package com.clicknback.contract;

import static java.util.Objects.requireNonNull;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** The examples of request bodies, as a reader of the served description sees them on the day of the service's clock. */
final class ServedExamples {
    private final JsonObject paths;

    ServedExamples(TestService service) {
        this.paths = service.api().get("/openapi.json").expect(200).json().getJsonObject("paths");
    }

    /** All of an operation that takes a body; the first is the plainest. */
    List<JsonObject> of(ApiOperation operation) {
        JsonObject media = paths.getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT))
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json");
        if (media.containsKey("example")) {
            return List.of(media.getJsonObject("example"));
        }
        return requireNonNull(media.getJsonObject("examples")).stream()
                .map(named -> ((JsonObject) named.getValue()).getJsonObject("value"))
                .toList();
    }
}
