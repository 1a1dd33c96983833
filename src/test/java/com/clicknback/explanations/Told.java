package com.clicknback.explanations;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The parts of an explanation, in one line each. */
final class Told {
    private Told() {}

    static String path(Object purchaseId) {
        return "/purchases/" + purchaseId + "/explanation";
    }

    static List<JsonObject> objects(JsonObject from, String member) {
        return from.getJsonArray(member).stream().map(JsonObject.class::cast).toList();
    }

    static List<String> movements(JsonObject explanation) {
        return objects(explanation, "journal").stream()
                .map(m -> "%s %s %s>%s"
                        .formatted(m.getString("type"), m.getString("amount"), m.getString("from"), m.getString("to")))
                .toList();
    }

    static List<String> states(JsonObject explanation) {
        return objects(explanation, "history").stream()
                .map(c -> "%s>%s %s %s"
                        .formatted(
                                c.getString("from"),
                                c.getString("to"),
                                c.getString("actor_type"),
                                c.getString("reason")))
                .toList();
    }

    static String step(JsonObject explanation) {
        return explanation.getJsonObject("next").getString("step");
    }
}
