package com.clicknback.contract;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.Reply;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One of the forms that an operation's request body may have.
 *
 * @param examples at least one of this form
 * @param required the members that the body must have
 * @param kind the member by which the forms of an operation are told apart, or empty when there is one only
 */
record RequestForm(
        ApiOperation operation,
        List<JsonObject> examples,
        List<String> required,
        List<RequestMember> members,
        String kind) {

    JsonObject example() {
        return examples.get(0);
    }

    /** An example that has the member, or else one that it could stand in. */
    JsonObject exampleFor(RequestMember member) {
        return examples.stream().filter(member::isIn).findFirst().orElse(example());
    }

    RequestMember member(String field) {
        return members.stream()
                .filter(member -> member.field().equals(field))
                .findFirst()
                .orElseThrow();
    }

    /** False for the member that makes the form what it is: changed, it makes another form of the body. */
    boolean isFree(RequestMember member) {
        return !member.field().equals(kind);
    }

    /** True when a value that the schema does not allow is refused under the member's own name alone. */
    boolean isRefused(RequestMember member, String value) {
        boolean emptyObject = member.isObject() && value.startsWith("{");
        return !emptyObject && (isFree(member) || operation.id().endsWith("BatchWebhook"));
    }

    /** A body with nothing in it, but for what makes it of this form. */
    JsonObject emptied() {
        JsonObject empty = new JsonObject();
        return kind.isEmpty() ? empty : empty.put(kind, example().getValue(kind));
    }

    List<String> missingWhenEmptied() {
        return required.stream().filter(name -> !name.equals(kind)).toList();
    }

    /** The violations of an error. */
    static List<String> fields(JsonObject error) {
        return error.getJsonObject("details").getJsonArray("violations").stream()
                .map(violation -> ((JsonObject) violation).getString("field"))
                .toList();
    }

    /** The fields that an answer refuses for their shape; none if it refuses nothing, or for another reason. */
    static List<String> refusedFields(Reply reply, boolean ofItem) {
        if (reply.text().isEmpty()) {
            return List.of();
        }
        JsonObject error = ofItem
                ? reply.expect(200)
                        .json()
                        .getJsonArray("results")
                        .getJsonObject(0)
                        .getJsonObject("error")
                : reply.json().getJsonObject("error");
        return error == null || !error.getString("code").equals("VALIDATION_ERROR") ? List.of() : fields(error);
    }

    @Override
    public String toString() {
        return kind.isEmpty()
                ? operation.id()
                : operation.id() + " " + example().getString(kind);
    }
}
