package com.clicknback.platform.http;

import io.vertx.openapi.contract.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A path of the contract and the methods that it serves. */
record PathPattern(Pattern pattern, boolean literal, List<String> methods) {

    static List<PathPattern> of(List<Operation> operations) {
        Map<String, List<String>> methodsByPath = new TreeMap<>();
        for (Operation operation : operations) {
            methodsByPath
                    .computeIfAbsent(operation.getAbsoluteOpenAPIPath(), path -> new ArrayList<>())
                    .add(operation.getHttpMethod().name());
        }
        List<PathPattern> patterns = new ArrayList<>();
        methodsByPath.forEach((path, methods) -> {
            String regex = path.replaceAll("\\{[a-z_]+}", "[^/]+").replace(".", "\\.") + "/?";
            patterns.add(new PathPattern(
                    Pattern.compile(regex),
                    !path.contains("{"),
                    methods.stream().sorted().toList()));
        });
        return patterns;
    }

    /** The methods of the path, a literal path before one with parameters; none when the path is unknown. */
    static List<String> methods(List<PathPattern> patterns, String path) {
        List<String> found = List.of();
        for (PathPattern candidate : patterns) {
            if (candidate.pattern.matcher(path).matches() && (found.isEmpty() || candidate.literal)) {
                found = candidate.methods;
            }
        }
        return found;
    }
}
