package com.clicknback.contract;

import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Body;
import com.clicknback.testing.ApiOperation.Caller;
import com.clicknback.testing.ApiOperation.QueryParameter;
import com.clicknback.testing.Partner;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Draws requests from the schemas of the served description: parameters, headers, bodies and callers of every kind. */
final class FuzzedRequests {
    private static final int TEXT_MAX = 200;
    private static final List<String> WRONG_MEDIA =
            List.of("text/plain", "application/xml", "application/jsonp", "multipart/form-data; boundary=x", "json");
    private static final List<String> WRONG_ENCODINGS = List.of("gzip", "deflate", "br", "identity, gzip", "x");
    private static final List<String> MEDIA =
            List.of("application/json", "application/json; charset=utf-8", "application/vnd.api+json");

    /** Filters whose words are judged as a rule, after every shape: with an answer of their own. */
    static final Set<String> RULES =
            Set.of("listOffers status", "listPurchases status", "listMyPurchases status", "listUserPurchases status");

    private final TestService service;
    private final ContractScenario scenario;
    private final ServedSchemas schemas;
    private final Map<String, List<RequestForm>> forms = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();

    FuzzedRequests(TestService service, ContractScenario scenario) {
        this.service = service;
        this.scenario = scenario;
        this.schemas = new ServedSchemas(service);
        for (ApiOperation operation : ApiOperation.all()) {
            List<RequestForm> ofOperation = operation.body() == Body.NONE ? List.of() : schemas.forms(operation);
            forms.put(operation.id(), ofOperation);
            known.put(operation.id(), known(operation, ofOperation));
        }
    }

    private static Set<String> known(ApiOperation operation, List<RequestForm> forms) {
        Set<String> fields = new TreeSet<>(Set.of("body", "Idempotency-Key", "key"));
        operation.documents().queryParameters().forEach(parameter -> fields.add(parameter.name()));
        fields.addAll(operation.requiredHeaders().keySet());
        forms.forEach(form -> form.members().forEach(member -> fields.add(member.field())));
        return fields;
    }

    FuzzedRequest next(ApiOperation operation, HostileValues values) {
        Set<String> wrong = new TreeSet<>();
        String path = scenario.path(operation, values);
        RawRequest raw = new RawRequest(operation, path.contains("?") ? path.substring(0, path.indexOf('?')) : path);
        raw.query = query(operation, values, wrong);
        raw.headers.add("Host: 127.0.0.1");
        boolean judged = true;
        boolean wrongMedia = false;
        if (operation.body() != Body.NONE) {
            RequestForm form = values.oneOf(forms.get(operation.id()));
            FuzzedBody body = FuzzedBody.draw(form, scenario.real(values.oneOf(form.examples())), values);
            raw.body = body.text().getBytes(StandardCharsets.UTF_8);
            raw.chunked = values.once(5);
            wrong.addAll(body.wrong());
            judged = body.judged();
            boolean otherMedia = values.once(25);
            boolean encoded = values.once(25);
            wrongMedia = otherMedia || encoded;
            raw.headers.add("Content-Type: " + values.oneOf(otherMedia ? WRONG_MEDIA : MEDIA));
            if (encoded) {
                raw.headers.add("Content-Encoding: " + values.oneOf(WRONG_ENCODINGS));
            }
        }
        for (Map.Entry<String, String> header : operation.requiredHeaders().entrySet()) {
            if (values.once(5)) {
                // Judged before the rest
                wrong.clear();
                wrong.add(header.getKey());
            } else {
                raw.headers.add(header.getKey() + ": " + header.getValue());
            }
        }
        Caller caller = values.once(5) ? values.oneOf(List.of(Caller.values())) : operation.caller();
        authorize(raw, caller);
        if (values.once(6)) {
            raw.headers.add("Idempotency-Key: " + (values.once(3) ? "x".repeat(255) : "key-" + values.below(5)));
        }
        return new FuzzedRequest(
                raw, admits(operation.caller(), caller), wrongMedia, wrong, judged, known.get(operation.id()));
    }

    private static boolean admits(Caller needed, Caller caller) {
        return needed == Caller.ANYONE || needed == caller || needed == Caller.USER && caller == Caller.ADMIN;
    }

    private void authorize(RawRequest raw, Caller caller) {
        switch (caller) {
            case ANYONE -> {}
            case USER -> raw.headers.add("Authorization: Bearer " + scenario.userToken(raw.operation));
            case ADMIN -> raw.headers.add("Authorization: Bearer " + scenario.adminToken(raw.operation));
            case PARTNER -> {
                Partner partner = scenario.sender();
                byte[] body = raw.body == null ? new byte[0] : raw.body;
                partner.sign(body, service.clock().instant())
                        .forEach((name, value) -> raw.headers.add(name + ": " + value));
            }
        }
    }

    private String query(ApiOperation operation, HostileValues values, Set<String> wrong) {
        List<String> sent = new ArrayList<>();
        for (QueryParameter parameter : operation.documents().queryParameters()) {
            JsonObject schema = schemas.resolved(parameter.schema());
            boolean shaped = !RULES.contains(operation.id() + " " + parameter.name());
            if (shaped && values.once(6)) {
                sent.add(pair(parameter, values.oneOf(WrongValues.ofQuery(schema))));
                wrong.add(parameter.name());
            } else if (parameter.required() || values.once(3)) {
                if (values.once(8)) {
                    sent.add(pair(parameter, brief(values.text())));
                }
                sent.add(pair(parameter, good(parameter, schema, values)));
            }
        }
        if (values.once(6)) {
            sent.add("unknown=" + URLEncoder.encode(brief(values.text()), StandardCharsets.UTF_8));
        }
        return sent.isEmpty() ? null : String.join("&", sent);
    }

    /** So much of a text that some of them fit a request line, encoded. */
    private static String brief(String text) {
        return text.substring(0, Math.min(text.length(), TEXT_MAX));
    }

    private static String pair(QueryParameter parameter, String value) {
        return parameter.name() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String good(QueryParameter parameter, JsonObject schema, HostileValues values) {
        if (parameter.name().equals("cursor")) {
            return scenario.cursor(values);
        }
        if (schema.containsKey("enum")) {
            return values.oneOf(
                    schema.getJsonArray("enum").stream().map(String.class::cast).toList());
        }
        List<String> limits = WrongValues.ofQueryAtTheLimits(schema);
        return switch (schema.getString("format", schema.getString("type"))) {
            case "uuid" -> scenario.userId();
            case "date" -> service.clock().today().minusDays(values.below(40)).toString();
            case "date-time" -> service.clock().instant().toString();
            case "boolean" -> values.once(2) ? "true" : "false";
            default -> limits.isEmpty() ? "a" : values.oneOf(limits);
        };
    }
}
