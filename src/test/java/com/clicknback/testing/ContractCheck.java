package com.clicknback.testing;

import com.clicknback.platform.contract.Contract;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.Response;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds requests and responses against {@code openapi.yaml}; fails with AssertionError. */
final class ContractCheck {
    private static final String JSON = "application/json";
    private static final String BATCH = "ingestPurchaseBatchWebhook";
    private static final int SUCCESS_MIN = 200;
    private static final int SUCCESS_MAX = 299;
    private static final int ERROR_MIN = 400;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final OpenAPIContract contract;
    private final List<Template> templates;

    /** Each takes a copy of all schemas with it. */
    private final Map<JsonSchema, Validator> validators = Collections.synchronizedMap(new IdentityHashMap<>());

    private record Template(Operation operation, Pattern path, boolean literal) {
        static Template of(Operation operation) {
            String path = operation.getAbsoluteOpenAPIPath();
            String regex = path.replaceAll("\\{[a-z_]+}", "[^/]+").replace(".", "\\.") + "/?";
            return new Template(operation, Pattern.compile(regex), !path.contains("{"));
        }
    }

    private ContractCheck(OpenAPIContract contract) {
        this.contract = contract;
        this.templates = contract.operations().stream()
                .map(Template::of)
                .sorted(Comparator.comparing(template -> !template.literal))
                .toList();
    }

    /** Loaded with the first call. */
    private static final class Shared {
        static final ContractCheck CHECK = load();

        private static ContractCheck load() {
            Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
            try {
                return new ContractCheck(Contract.parse(vertx).await());
            } finally {
                vertx.close().await();
            }
        }
    }

    static ContractCheck shared() {
        return Shared.CHECK;
    }

    /** One request and its response, as they went over the wire. */
    record Exchange(
            String method,
            String path,
            @Nullable String requestBody,
            int status,
            Map<String, String> headers,
            String responseBody) {}

    /** Fails unless the contract allows the exchange; notes which of its answers that was. */
    void verify(Exchange exchange, Coverage coverage) {
        require(exchange.headers.containsKey("x-request-id"), exchange, "no X-Request-Id");
        requireSafeHeaders(exchange);
        Optional<Operation> operation = find(exchange.method, exchange.path);
        if (operation.isPresent()) {
            verify(operation.get(), exchange, coverage);
        } else if (exchange.status == METHOD_NOT_ALLOWED && !"HEAD".equals(exchange.method)) {
            onPath(exchange.path).forEach(refused -> verify(refused, exchange, coverage));
        } else if (exchange.status >= ERROR_MIN && !"HEAD".equals(exchange.method)) {
            require(isEnvelope(exchange.responseBody), exchange, "an error outside the envelope");
        }
    }

    /** Fails when a cache could give an answer to another origin, or a redirect tells on which page the browser was. */
    private static void requireSafeHeaders(Exchange exchange) {
        require("nosniff".equals(exchange.headers.get("x-content-type-options")), exchange, "types may be guessed");
        String kept = exchange.headers.getOrDefault("cache-control", "");
        String varies = exchange.headers.getOrDefault("vary", "").toLowerCase(Locale.ROOT);
        require(kept.equals("no-store") || kept.length() > 0 && varies.contains("origin"), exchange, "no Vary: Origin");
        boolean sentOn = exchange.headers.containsKey("location");
        require(!sentOn || exchange.headers.containsKey("referrer-policy"), exchange, "no Referrer-Policy");
    }

    /** The operation that a request means, if it means one. */
    Optional<Operation> find(String method, String path) {
        return templates.stream()
                .filter(template -> template.path.matcher(path).matches())
                .filter(template -> template.operation.getHttpMethod().name().equals(method))
                .map(Template::operation)
                .findFirst();
    }

    /** The operations whose path a request names, if with another method. */
    private List<Operation> onPath(String path) {
        boolean literal = templates.stream()
                .anyMatch(template ->
                        template.literal && template.path.matcher(path).matches());
        return templates.stream()
                .filter(template -> template.literal == literal)
                .filter(template -> template.path.matcher(path).matches())
                .map(Template::operation)
                .toList();
    }

    private void verify(Operation operation, Exchange exchange, Coverage coverage) {
        Response documented = operation.getResponse(exchange.status);
        if (documented == null) {
            throw new AssertionError(describe(exchange) + ": this status is not documented for "
                    + operation.getOperationId() + ": " + exchange.responseBody);
        }
        if (documented.getContent().isEmpty()) {
            require(exchange.responseBody.isEmpty(), exchange, "a body where none is documented");
        } else {
            String type = exchange.headers.get("content-type");
            MediaType media = documented.getContent().get(isPlainText(type) ? MediaType.TEXT_PLAIN : type);
            require(media != null, exchange, "an undocumented content type " + exchange.headers.get("content-type"));
            if (JSON.equals(exchange.headers.get("content-type"))) {
                requireValid(media.getSchema(), exchange.responseBody, exchange, "response");
            }
        }
        documented.getHeaders().forEach(header -> requireHeader(header, exchange));
        boolean succeeded = exchange.status >= SUCCESS_MIN && exchange.status <= SUCCESS_MAX;
        if (succeeded
                && operation.getRequestBody() != null
                && sentBody(exchange, operation.getRequestBody().isRequired())
                && !hasRejectedItems(operation, exchange)) {
            MediaType media = operation.getRequestBody().getContent().get(JSON);
            requireValid(media.getSchema(), exchange.requestBody, exchange, "accepted request");
        }
        coverage.add(operation.getOperationId(), exchange.status);
    }

    /** An empty body is none, where the contract lets it out. */
    private static boolean sentBody(Exchange exchange, boolean required) {
        return exchange.requestBody != null && (required || !exchange.requestBody.isEmpty());
    }

    /** The loader gets to see these as plain text. */
    private static boolean isPlainText(@Nullable String type) {
        return Contract.YAML.equals(type) || Contract.EVENTS.equals(type);
    }

    private void requireHeader(Parameter header, Exchange exchange) {
        String sent = exchange.headers.get(header.getName().toLowerCase(Locale.ROOT));
        if (sent == null) {
            require(!header.isRequired(), exchange, "no " + header.getName());
            return;
        }
        Object value = header.getSchemaType() == SchemaType.STRING ? sent : Json.decodeValue(sent);
        List<String> problems = problems(header.getSchema(), value);
        require(problems.isEmpty(), exchange, header.getName() + " breaks the contract: " + problems);
    }

    List<Operation> operations() {
        return contract.operations();
    }

    /** The objections of a schema to a value; empty when it is valid. */
    List<String> problems(JsonSchema schema, @Nullable Object value) {
        OutputUnit result = validators
                .computeIfAbsent(schema, contract.getSchemaRepository()::validator)
                .validate(value);
        return Boolean.TRUE.equals(result.getValid())
                ? List.of()
                : result.getErrors().stream()
                        .map(error -> error.getInstanceLocation() + ": " + error.getError())
                        .toList();
    }

    /** Items of a batch are judged one by one: the batch is answered although some may break their schema. */
    private static boolean hasRejectedItems(Operation operation, Exchange exchange) {
        return operation.getOperationId().equals(BATCH)
                && new JsonObject(exchange.responseBody).getInteger("rejected") > 0;
    }

    private void requireValid(JsonSchema schema, String body, Exchange exchange, String what) {
        Object value;
        try {
            // The service skips a byte order mark, as the contract says.
            value = Json.decodeValue(body.startsWith("\ufeff") ? body.substring(1) : body);
        } catch (DecodeException e) {
            throw new AssertionError(describe(exchange) + ": the " + what + " is no JSON: " + body, e);
        }
        List<String> problems = problems(schema, value);
        if (!problems.isEmpty()) {
            throw new AssertionError(describe(exchange) + ": the " + what + " breaks the contract: "
                    + String.join("; ", problems) + " in " + body);
        }
    }

    private static boolean isEnvelope(String body) {
        return body.startsWith("{\"error\":{\"code\":\"");
    }

    private static void require(boolean fulfilled, Exchange exchange, String otherwise) {
        if (!fulfilled) {
            throw new AssertionError(describe(exchange) + ": " + otherwise + ": " + exchange.responseBody);
        }
    }

    private static String describe(Exchange exchange) {
        return exchange.method + " " + exchange.path + " -> " + exchange.status;
    }
}
