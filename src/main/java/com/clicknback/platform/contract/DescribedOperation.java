package com.clicknback.platform.contract;

import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.RequestBody;
import io.vertx.openapi.contract.SecurityRequirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the edge has to know it: without its schemas, which take megabytes.
 *
 * @param path with the base path, and parameters in braces
 * @param security names and scopes of the first requirement; empty for an operation of everybody
 */
public record DescribedOperation(
        String id, HttpMethod method, String path, Set<String> tags, Map<String, Set<String>> security, Body body) {

    /** The use of a body: none, an optional one or a required one. */
    public enum Body {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /** The methods that it serves: HEAD beside GET, as GET without its body. */
    public List<HttpMethod> methods() {
        return method.equals(HttpMethod.GET) ? List.of(method, HttpMethod.HEAD) : List.of(method);
    }

    static DescribedOperation of(Operation loaded) {
        return new DescribedOperation(
                loaded.getOperationId(),
                loaded.getHttpMethod(),
                loaded.getAbsoluteOpenAPIPath(),
                Set.copyOf(loaded.getTags()),
                security(loaded.getSecurityRequirements()),
                body(loaded.getRequestBody()));
    }

    private static Map<String, Set<String>> security(List<SecurityRequirement> requirements) {
        return requirements.isEmpty()
                ? Map.of()
                : requirements.get(0).getNames().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Function.identity(),
                                name -> Set.copyOf(requirements.get(0).getScopes(name))));
    }

    private static Body body(@Nullable RequestBody loaded) {
        if (loaded == null) {
            return Body.NONE;
        }
        return loaded.isRequired() ? Body.REQUIRED : Body.OPTIONAL;
    }
}
