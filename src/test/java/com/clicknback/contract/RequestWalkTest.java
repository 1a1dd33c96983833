package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Body;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation refuses what is wrong with a request before it looks at what the request means. */
@ExtendWith(ServiceExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RequestWalkTest {
    private static final int BODY_BYTES_MAX = 1024 * 1024;

    private final GoodRequests good;

    RequestWalkTest(TestService service, Scenario given) {
        this.good = new GoodRequests(service, given);
    }

    private static List<ApiOperation> operations(Predicate<ApiOperation> which) {
        return ApiOperation.all().stream().filter(which).toList();
    }

    private static List<ApiOperation> operationsWithBody() {
        return operations(operation -> operation.body() != Body.NONE);
    }

    private Reply send(ApiOperation operation, @Nullable String body, String contentType, boolean chunked) {
        ApiClient client = good.client(operation, body).with("Content-Type", contentType);
        return (chunked ? client.chunked() : client).send(operation.method(), good.path(operation), body);
    }

    @Test
    void refusesBodiesBeyondTheLimitHoweverTheyAreSent() {
        String tooLarge = " ".repeat(BODY_BYTES_MAX + 1);
        for (boolean chunked : List.of(false, true)) {
            assertThat(operationsWithBody()).allSatisfy(operation -> {
                Reply refused = send(operation, tooLarge, "application/json", chunked);
                assertThat(refused.expectError(413, "PAYLOAD_TOO_LARGE"))
                        .isEqualTo(JsonObject.of("limit_bytes", BODY_BYTES_MAX));
            });
        }
    }

    @Test
    void readsBodiesUpToTheLimit() {
        String largest = " ".repeat(BODY_BYTES_MAX - 1) + "x";
        assertThat(operationsWithBody()).allSatisfy(operation -> {
            Reply refused = send(operation, largest, "application/json", true);
            assertThat(refused.expectViolations(422)).containsExactly("body");
        });
    }

    @Test
    void refusesBodiesThatAreNotDeclaredAsJson() {
        for (String contentType : List.of("text/plain", "application/xml", "application/jsonp", "json", "")) {
            for (boolean chunked : List.of(false, true)) {
                assertThat(operationsWithBody()).allSatisfy(operation -> {
                    Reply refused = send(operation, good.body(operation), contentType, chunked);
                    assertThat(refused.expectError(415, "UNSUPPORTED_MEDIA_TYPE")
                                    .getJsonArray("supported_media_types"))
                            .isEqualTo(JsonArray.of("application/json", "application/*+json"));
                });
            }
        }
    }

    @Test
    void refusesBodiesThatAreNoJsonObject() {
        for (String body : List.of("{", "null", "[]", "\"\"", "1", "{} {}", "{'a':1}", "{\"a\":NaN}", "// {}", " ")) {
            for (boolean chunked : List.of(false, true)) {
                assertThat(operationsWithBody()).allSatisfy(operation -> {
                    Reply refused = send(operation, body, "application/problem+json; charset=utf-8", chunked);
                    assertThat(refused.expectViolations(422)).as(body).containsExactly("body");
                });
            }
        }
    }

    @Test
    void missesBodiesWhereTheyAreRequired() {
        assertThat(operations(operation -> operation.body() == Body.REQUIRED)).allSatisfy(operation -> {
            Reply refused = good.client(operation, null).send(operation.method(), good.path(operation), null);
            assertThat(refused.expectViolations(422)).containsExactly("body");
        });
    }

    @Test
    void ignoresBodiesWhereNoneBelongs() {
        String ignored = "<".repeat(BODY_BYTES_MAX + 1);
        assertThat(operations(operation -> operation.body() == Body.NONE)).allSatisfy(operation -> {
            String path = good.path(operation);
            Reply without = good.client(operation, null).send(operation.method(), path, null);
            ApiClient client = good.client(operation, null).with("Content-Type", "text/xml");
            Reply with = client.send(operation.method(), path, ignored);
            assertThat(with.status()).isEqualTo(without.status()).isNotIn(413, 415);
        });
    }

    /** True for operations whose first path parameter is an id. */
    private static boolean namesAnId(ApiOperation operation) {
        return operation.path().contains("/{id}");
    }

    @Test
    void doesNotFindIdsThatDoNotExistOrAreNone() {
        List<String> ids = List.of(
                UUID.randomUUID().toString(), UUID.randomUUID().toString().toUpperCase(), "42", "%20", "%C3%A9");
        for (String id : ids) {
            assertThat(operations(RequestWalkTest::namesAnId)).allSatisfy(operation -> {
                String path = operation.path(parameter ->
                        parameter.equals("id") ? id : UUID.randomUUID().toString());
                String body = operation.body() == Body.NONE ? null : good.body(operation);
                for (String slash : List.of("", "/")) {
                    Reply refused = good.client(operation, body).send(operation.method(), path + slash, body);
                    JsonObject details = refused.expectError(404, "NOT_FOUND");
                    assertThat(details.getString("resource_type")).isNotEqualTo("route");
                    assertThat(details.getString("resource_id"))
                            .isEqualTo(id.replace("%20", " ").replace("%C3%A9", "é"));
                }
            });
        }
    }

    @Test
    void namesTheKindOfWhatItDoesNotFind() {
        assertThat(operations(RequestWalkTest::namesAnId)).allSatisfy(operation -> {
            String kind = operation.path().startsWith("/r/")
                    ? "click"
                    : operation.path().split("/")[3].replaceFirst("s$", "");
            assertThat(good.send(operation).expectError(404, "NOT_FOUND").getString("resource_type"))
                    .isEqualTo(kind);
        });
    }

    @Test
    void refusesCursorsThatAreNoneOfTheList() {
        for (String query : List.of("cursor=", "cursor=x", "cursor=eyJ", "cursor=%00", "offset=0&cursor=x")) {
            assertThat(operations(operation -> operation.hasQuery("cursor"))).allSatisfy(operation -> {
                String path = good.path(operation);
                Reply refused = good.client(operation, null).get(path + (path.contains("?") ? "&" : "?") + query);
                assertThat(refused.expectViolations(422)).containsExactly("cursor");
            });
        }
    }
}
