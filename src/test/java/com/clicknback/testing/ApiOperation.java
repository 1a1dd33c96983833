package com.clicknback.testing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.SecurityRequirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An operation as {@code openapi.yaml} describes it, for tests that walk all of them.
 *
 * @param path with its parameters as {@code {name}}
 * @param body what the operation says about a request body
 * @param statuses every documented one
 * @param requiredHeaders those besides authentication, with the examples of their values
 */
public record ApiOperation(
        String id,
        String method,
        String path,
        Caller caller,
        Body body,
        SortedSet<Integer> statuses,
        Map<String, String> requiredHeaders,
        Documents documents) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    /** The loaded contract has members of its loader's own beside the documented ones. */
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

    private static final String LOADERS_OWN = "__";

    /** Read with the first test that needs them. */
    private static final class Known {
        static final List<ApiOperation> ALL = read(ContractCheck.shared());
    }

    /** The allowed callers, as the security requirement says. */
    public enum Caller {
        ANYONE,
        USER,
        ADMIN,
        PARTNER
    }

    public enum Body {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    /**
     * The parts of an operation that schemas describe.
     *
     * @param requests one for each media type
     * @param responses one for each status and media type that has a body
     */
    public record Documents(List<Document> requests, List<Document> responses, List<QueryParameter> queryParameters) {}

    /**
     * @param problems what the schema has against the example, if there is one
     */
    public record QueryParameter(String name, boolean required, JsonObject schema, List<String> problems) {}

    /**
     * A body with its examples.
     *
     * @param place where it stands in the description
     */
    public record Document(String place, String mediaType, List<Example> examples) {}

    /**
     * @param problems what the schema has against it
     */
    public record Example(String name, @Nullable Object value, List<String> problems) {}

    /** Every operation of the contract, always in the same order. */
    public static List<ApiOperation> all() {
        return Known.ALL;
    }

    private static List<ApiOperation> read(ContractCheck check) {
        return check.operations().stream()
                .map(operation -> of(operation, check))
                .sorted(Comparator.comparing(operation -> operation.path + " " + operation.method))
                .toList();
    }

    private static QueryParameter queryParameter(Parameter parameter, ContractCheck check) {
        Object example = parameter.getOpenAPIModel().getValue("example");
        return new QueryParameter(
                parameter.getName(),
                parameter.isRequired(),
                parameter.getOpenAPIModel().getJsonObject("schema"),
                example == null ? List.of() : check.problems(parameter.getSchema(), example));
    }

    private static ApiOperation of(Operation operation, ContractCheck check) {
        JsonObject responses = operation.getOpenAPIModel().getJsonObject("responses");
        SortedSet<Integer> statuses = new TreeSet<>();
        responses.fieldNames().stream()
                .filter(name -> STATUS.matcher(name).matches())
                .forEach(status -> statuses.add(Integer.valueOf(status)));
        List<Document> answers = new ArrayList<>();
        for (int status : statuses) {
            answers.addAll(documents(
                    Integer.toString(status), operation.getResponse(status).getContent(), check));
        }
        List<Document> requests = operation.getRequestBody() == null
                ? List.of()
                : documents("request", operation.getRequestBody().getContent(), check);
        List<QueryParameter> parameters = operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.QUERY)
                .map(parameter -> queryParameter(parameter, check))
                .toList();
        return new ApiOperation(
                operation.getOperationId(),
                operation.getHttpMethod().name(),
                operation.getAbsoluteOpenAPIPath(),
                caller(operation),
                body(operation),
                statuses,
                requiredHeaders(operation),
                new Documents(requests, answers, parameters));
    }

    private static Map<String, String> requiredHeaders(Operation operation) {
        if (caller(operation) == Caller.PARTNER) {
            // All of them make up the signature.
            return Map.of();
        }
        return operation.getParameters().stream()
                .filter(parameter -> parameter.getIn() == Location.HEADER && parameter.isRequired())
                .filter(parameter -> parameter.getOpenAPIModel().containsKey("example"))
                .collect(Collectors.toMap(
                        Parameter::getName,
                        parameter -> parameter.getOpenAPIModel().getString("example")));
    }

    private static Caller caller(Operation operation) {
        List<SecurityRequirement> requirements = operation.getSecurityRequirements();
        if (requirements.isEmpty() || requirements.get(0).isEmpty()) {
            return Caller.ANYONE;
        }
        SecurityRequirement requirement = requirements.get(0);
        if (requirement.getNames().contains("webhookSignature")) {
            return Caller.PARTNER;
        }
        return requirement.getScopes("bearer").contains("admin") ? Caller.ADMIN : Caller.USER;
    }

    private static Body body(Operation operation) {
        if (operation.getRequestBody() == null) {
            return Body.NONE;
        }
        return operation.getRequestBody().isRequired() ? Body.REQUIRED : Body.OPTIONAL;
    }

    private static List<Document> documents(String what, Map<String, MediaType> content, ContractCheck check) {
        return content.entrySet().stream()
                .map(entry -> new Document(what, entry.getKey(), examples(entry.getValue(), check)))
                .toList();
    }

    private static List<Example> examples(MediaType media, ContractCheck check) {
        JsonObject model = media.getOpenAPIModel();
        List<Example> examples = new ArrayList<>();
        if (model.containsKey("example")) {
            examples.add(example("example", model.getValue("example"), media, check));
        }
        model.getJsonObject("examples", new JsonObject()).stream()
                .filter(named -> !named.getKey().startsWith(LOADERS_OWN))
                .forEach(named -> examples.add(
                        example(named.getKey(), ((JsonObject) named.getValue()).getValue("value"), media, check)));
        return examples;
    }

    private static Example example(String name, @Nullable Object value, MediaType media, ContractCheck check) {
        Object documented = documented(value);
        return new Example(name, documented, check.problems(media.getSchema(), documented));
    }

    private static @Nullable Object documented(@Nullable Object value) {
        if (value instanceof JsonArray array) {
            return new JsonArray(array.stream().map(ApiOperation::documented).toList());
        }
        if (value instanceof JsonObject object) {
            JsonObject documented = new JsonObject();
            object.stream()
                    .filter(member -> !member.getKey().startsWith(LOADERS_OWN))
                    .forEach(member -> documented.put(member.getKey(), documented(member.getValue())));
            return documented;
        }
        return value;
    }

    /** True when a caller must show an access token. */
    public boolean needsToken() {
        return caller == Caller.USER || caller == Caller.ADMIN;
    }

    /** The path with a value for each of its parameters. */
    public String path(UnaryOperator<String> values) {
        return PARAMETER.matcher(path).replaceAll((MatchResult found) -> values.apply(found.group(1)));
    }

    /** True when the query has a parameter of this name. */
    public boolean hasQuery(String name) {
        return documents.queryParameters().stream()
                .anyMatch(parameter -> parameter.name().equals(name));
    }

    /** Its id: how a test names the operation that fails. */
    @Override
    public String toString() {
        return id;
    }
}
