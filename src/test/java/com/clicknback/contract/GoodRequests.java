package com.clicknback.contract;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** For each operation a request with which nothing is wrong but what a test spoils; path ids are made up. */
final class GoodRequests {
    private final TestService service;
    private static final int LEAVING = 3;

    /** Users for requests that end the sessions of their caller; made ahead, since a test may break the service. */
    private final Deque<Session> leaving;

    private final Session user;
    private final Session admin;
    private final Partner partner;
    private final ServedExamples examples;

    GoodRequests(TestService service, Scenario given) {
        this.service = service;
        this.leaving =
                new ArrayDeque<>(Stream.generate(given::user).limit(LEAVING).toList());
        this.user = given.user();
        this.admin = given.newAdmin();
        this.partner = given.partner();
        this.examples = new ServedExamples(service);
    }

    /** The same requests to another service on the same database. */
    GoodRequests(TestService other, GoodRequests same) {
        this.service = other;
        this.leaving = same.leaving;
        this.user = same.user;
        this.admin = same.admin;
        this.partner = same.partner;
        this.examples = same.examples;
    }

    Session user() {
        return user;
    }

    Session admin() {
        return admin;
    }

    /** Sends it as a caller who may. */
    Reply send(ApiOperation operation) {
        String body = operation.body() == ApiOperation.Body.NONE ? null : body(operation);
        return client(operation, body).send(operation.method(), path(operation), body);
    }

    /** A client that may call the operation with this body. */
    ApiClient client(ApiOperation operation, @Nullable String body) {
        return switch (operation.caller()) {
            case ANYONE ->
                service.api()
                        .with(operation.requiredHeaders())
                        .with("Cookie", "__Host-clicknback-session=" + user.refreshToken());
            case USER -> service.api().as(operation.id().equals("endMySessions") ? nextLeaving() : user);
            case ADMIN -> service.api().as(admin);
            case PARTNER ->
                service.api()
                        .with(partner.sign(
                                body == null ? "" : body, service.clock().instant()));
        };
    }

    private Session nextLeaving() {
        return leaving.size() > 1 ? leaving.remove() : leaving.element();
    }

    /** The path with all it needs. */
    String path(ApiOperation operation) {
        String path = operation.path(name -> switch (name) {
            case "partner_id" -> partner.id().toString();
            case "key" -> Scenario.unique("walk").replace('-', '_');
            default ->
                operation.id().equals("followClick")
                        ? "A".repeat(22)
                        : UUID.randomUUID().toString();
        });
        String query = requiredQuery(operation);
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** The names of the query parameters that an operation cannot do without. */
    static List<String> required(ApiOperation operation) {
        return operation.documents().queryParameters().stream()
                .filter(ApiOperation.QueryParameter::required)
                .map(ApiOperation.QueryParameter::name)
                .toList();
    }

    /** The query parameters that an operation cannot do without. */
    static String requiredQuery(ApiOperation operation) {
        return operation.documents().queryParameters().stream()
                .filter(ApiOperation.QueryParameter::required)
                .map(parameter -> parameter.name() + "="
                        + parameter
                                .schema()
                                .getJsonArray("enum", JsonArray.of("walk"))
                                .getString(0))
                .collect(Collectors.joining("&"));
    }

    /** The example of the contract, made to mean somebody who exists. */
    String body(ApiOperation operation) {
        JsonObject body = examples.of(operation).get(0).copy();
        switch (operation.id()) {
            case "registerUser" -> body.put("email", Scenario.unique("walker") + "@example.com");
            case "login", "openBrowserSession" ->
                body.put("email", user.email()).put("password", Session.PASSWORD);
            // The same one again, so that the user can still log in.
            case "changePassword" ->
                body.put("current_password", Session.PASSWORD).put("new_password", Session.PASSWORD);
            case "refreshTokens", "logout" -> body.put("refresh_token", user.refreshToken());
            case "createPurchase" ->
                body.put("user_id", user.userId().toString()).put("external_id", Scenario.unique("walk"));
            default -> {}
        }
        return body.encode();
    }
}
