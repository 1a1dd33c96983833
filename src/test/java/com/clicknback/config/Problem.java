package com.clicknback.config;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The problems of a tree of settings. */
final class Problem {
    private Problem() {}

    static List<String> linesOf(JsonObject tree) {
        try {
            Configuration.of(tree);
            return List.of();
        } catch (ConfigurationException e) {
            return e.problems();
        }
    }
}
