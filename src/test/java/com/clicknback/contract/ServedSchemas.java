package com.clicknback.contract;

import static java.util.Objects.requireNonNull;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The schemas of request bodies, as the served description has them, with every reference resolved. */
final class ServedSchemas {
    private final JsonObject description;
    private final ServedExamples examples;

    ServedSchemas(TestService service) {
        this.description = service.api().get("/openapi.json").expect(200).json();
        this.examples = new ServedExamples(service);
    }

    /** The forms of an operation's body: several when they are told apart by a member. */
    List<RequestForm> forms(ApiOperation operation) {
        JsonObject schema = resolved(description
                .getJsonObject("paths")
                .getJsonObject(operation.path())
                .getJsonObject(operation.method().toLowerCase(Locale.ROOT))
                .getJsonObject("requestBody")
                .getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema"));
        List<JsonObject> bodies = examples.of(operation).stream()
                .map(example -> example.containsKey("email")
                        ? example.copy().put("email", Scenario.unique("walker") + "@example.com")
                        : example)
                .toList();
        if (!schema.containsKey("oneOf")) {
            return List.of(form(operation, schema, bodies, ""));
        }
        String kind = schema.getJsonObject("discriminator").getString("propertyName");
        return schema.getJsonArray("oneOf").stream()
                .map(JsonObject.class::cast)
                .map(one -> form(operation, one, ofKind(bodies, one, kind), kind))
                .toList();
    }

    private static List<JsonObject> ofKind(List<JsonObject> bodies, JsonObject schema, String kind) {
        Object value = schema.getJsonObject("properties").getJsonObject(kind).getValue("const");
        return bodies.stream().filter(body -> value.equals(body.getValue(kind))).toList();
    }

    private static RequestForm form(ApiOperation operation, JsonObject schema, List<JsonObject> bodies, String kind) {
        return new RequestForm(
                operation, bodies, RequestMember.required(schema), RequestMember.of(schema, List.of()), kind);
    }

    /** A schema with every reference in it resolved. */
    JsonObject resolved(JsonObject schema) {
        return (JsonObject) requireNonNull(resolvedAny(schema));
    }

    private @Nullable Object resolvedAny(@Nullable Object schema) {
        if (schema instanceof JsonArray array) {
            return new JsonArray(array.stream().map(this::resolvedAny).toList());
        }
        if (!(schema instanceof JsonObject object)) {
            return schema;
        }
        if (object.containsKey("$ref")) {
            Object at = description;
            String reference = object.getString("$ref");
            for (String name : reference
                    .substring(reference.indexOf('/', reference.indexOf('#')) + 1)
                    .split("/")) {
                at = ((JsonObject) at).getValue(name);
            }
            return resolvedAny(at);
        }
        JsonObject resolved = new JsonObject();
        object.forEach(member -> resolved.put(member.getKey(), resolvedAny(member.getValue())));
        return resolved;
    }
}
