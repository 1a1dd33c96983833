package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Caller;
import com.clicknback.testing.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * A request drawn from an operation's schemas, and what its answer has to be.
 *
 * @param admitted true when the caller may call the operation
 * @param wrongMedia true when its body has a media type or an encoding that the service does not read
 * @param wrong the fields that a refusal must name
 * @param judged false when that is not known
 * @param known the fields that a refusal may name
 */
record FuzzedRequest(
        RawRequest raw, boolean admitted, boolean wrongMedia, Set<String> wrong, boolean judged, Set<String> known) {

    /** Fails unless the answer is what the order of checks makes it. */
    void requireAnswer(Reply reply) {
        ApiOperation operation = raw.operation;
        if (!admitted) {
            List<Integer> refusals = operation.caller() == Caller.ADMIN ? List.of(401, 403) : List.of(401);
            assertThat(reply.status()).as("to a caller who may not").isIn(refusals);
        } else if (wrongMedia) {
            assertThat(reply.status()).as("to another media type or encoding").isEqualTo(415);
        } else if (judged && !wrong.isEmpty()) {
            assertThat(reply.expectViolations(422)).as("refused fields").containsAll(wrong);
        }
        requireKnownFields(reply);
    }

    private void requireKnownFields(Reply reply) {
        if (reply.status() < 400 || reply.text().isEmpty()) {
            return;
        }
        JsonObject error = reply.json().getJsonObject("error");
        if (!"VALIDATION_ERROR".equals(error.getString("code"))) {
            return;
        }
        JsonArray violations = error.getJsonObject("details").getJsonArray("violations");
        assertThat(violations.stream()).as("violations").isNotEmpty().doesNotHaveDuplicates();
        assertThat(known).as("fields of the operation").containsAll(RequestForm.fields(error));
    }

    @Override
    public String toString() {
        return raw + (wrong.isEmpty() ? "" : "\n   wrong: " + wrong);
    }
}
