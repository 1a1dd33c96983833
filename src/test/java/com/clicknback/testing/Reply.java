package com.clicknback.testing;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response as a test sees it.
 *
 * @param headers by lower-case name; values of one name joined by commas
 */
public record Reply(int status, Map<String, String> headers, String text) {

    public JsonObject json() {
        return new JsonObject(text);
    }

    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Fails unless the contract allows this reply to a request. It does not count as a test of that answer.
     *
     * @param path decoded, without the query
     * @param sent the body of the request
     */
    public void requireAllowed(String method, String path, @Nullable String sent) {
        ContractCheck.shared()
                .verify(new ContractCheck.Exchange(method, path, sent, status, headers, text), new Coverage());
    }

    /** This reply, if it has the status. */
    public Reply expect(int expected) {
        if (status != expected) {
            throw new AssertionError("expected status " + expected + " but got " + status + ": " + text);
        }
        return this;
    }

    /** The details of a refusal with this status and code. */
    public JsonObject expectError(int expected, String code) {
        expect(expected);
        JsonObject error = json().getJsonObject("error");
        if (!code.equals(error.getString("code"))) {
            throw new AssertionError("expected code " + code + " but got " + text);
        }
        return error.getJsonObject("details");
    }

    /** The fields of a refusal's violations, in its order. */
    public List<String> expectViolations(int expected) {
        return expectError(expected, "VALIDATION_ERROR").getJsonArray("violations").stream()
                .map(violation -> ((JsonObject) violation).getString("field"))
                .toList();
    }

    /** The members of a list's page. */
    public List<JsonObject> data() {
        return expect(200).json().getJsonArray("data").stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
