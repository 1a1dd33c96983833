package com.clicknback.platform.http;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.address.ClientAddress;
import com.clicknback.platform.address.OwnNames;
import com.clicknback.platform.batch.Lanes;
import com.clicknback.platform.contract.Contract;
import com.clicknback.platform.contract.DescribedOperation;
import com.clicknback.platform.contract.PlainPaths;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.intake.Admission;
import com.clicknback.platform.intake.BodyBudget;
import com.clicknback.platform.intake.BodyReader;
import com.clicknback.platform.intake.Closing;
import com.clicknback.platform.intake.Connections;
import com.clicknback.platform.intake.MediaTypes;
import com.clicknback.platform.intake.Turns;
import com.clicknback.platform.pages.Pages;
import com.clicknback.platform.security.SecurityLog;
import com.clicknback.platform.tracing.Spans;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Builds the router of the API from the contract: one route for each operation, then one for each path that
 * refuses other methods, then the documentation, then the refusal of everything else. Fails with IllegalStateException
 * when operations and endpoints do not match.
 */
public final class ApiRouter {
    private static final Pattern DOTS = Pattern.compile("/(?:\\.|%2[eE]){1,2}(?:/|$)");

    /** Route name, as a metric label, of requests that reach no operation. */
    private static final String UNROUTED = "";

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final String DISCARDED = "body-discarded";

    /** Reads of one user under way. Two queries each leave connections to the lists of others. */
    private static final int READS_OF_USER_MAX = 3;

    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;

    private final Contract contract;
    private final Pages pages;
    private final Map<String, Endpoint> endpoints;
    private final Edge edge;

    public ApiRouter(
            Contract contract,
            Pages pages,
            List<Routes> routes,
            HttpSettings settings,
            Limits limits,
            TokenAuthenticator tokens,
            SignatureAuthenticator signatures,
            Closing closing,
            Clock clock) {
        this.contract = contract;
        this.pages = pages;
        Operations operations = new Operations();
        operations.on(
                "getOpenApi", call -> Future.succeededFuture(Answer.raw(contract.asYaml(today(clock)), Contract.YAML)));
        operations.on(
                "getOpenApiJson",
                call -> Future.succeededFuture(Answer.raw(contract.asJson(today(clock)), MediaTypes.JSON)));
        routes.forEach(domain -> domain.bind(operations));
        this.endpoints = operations.byId();
        HttpSettings.Server server = settings.server();
        this.edge = new Edge(
                settings,
                closing,
                new BodyReader(
                        new BodyReader.Limits(
                                server.bodyBytesMax(), server.idleTimeoutSeconds(), server.bodyBytesPerSecondMin()),
                        closing),
                new BodyBudget(server.bodyBudgetBytes(), server.bodiesArrivingMax()),
                new Admission(server.inFlightMax()),
                limits,
                new Lanes(READS_OF_USER_MAX),
                new ClientAddress(server.trustedProxies()),
                tokens,
                signatures,
                new Failures(clock),
                new SecurityLog());
        requireMatch();
    }

    private static LocalDate today(Clock clock) {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    HttpSettings settings() {
        return edge.settings();
    }

    private void requireMatch() {
        Set<String> specified = new HashSet<>();
        contract.operations().forEach(operation -> specified.add(operation.id()));
        Set<String> unbound = new HashSet<>(specified);
        unbound.removeAll(endpoints.keySet());
        Set<String> unspecified = new HashSet<>(endpoints.keySet());
        unspecified.removeAll(specified);
        if (!unbound.isEmpty() || !unspecified.isEmpty()) {
            throw new IllegalStateException(
                    "operations without an endpoint: " + unbound + ", endpoints without an operation: " + unspecified);
        }
    }

    /** Serves one event loop. */
    Handler<HttpServerRequest> create(Vertx vertx, Connections connections) {
        return new FrontDoor(vertx, route(vertx), edge, connections, contract.operations());
    }

    private Router route(Vertx vertx) {
        Router router = Router.router(vertx);
        PlainPaths partners = new PlainPaths();
        router.route()
                .handler(this::open)
                .handler(this::requireOwnName)
                .handler(new Cors(edge.settings().cors(), edge.failures(), this::discardBody))
                .handler(this::refuseOddSegments)
                .handler(partners);
        // Routes are tried one by one: those that partners call by the thousand come first. They share no path with the
        // others, of which literal paths win over parameters with all their methods, whatever the order in the
        // contract.
        mountOperations(router, vertx, operation -> Access.of(operation) == Access.PARTNER, partners::lead);
        for (boolean literal : new boolean[] {true, false}) {
            mountOperations(
                    router,
                    vertx,
                    operation -> Access.of(operation) != Access.PARTNER && isLiteral(routePath(operation)) == literal,
                    (operation, handler) -> {});
            methodsByPath().forEach((path, methods) -> {
                if (isLiteral(path) == literal) {
                    router.route(path).setName(UNROUTED).handler(context -> refuseMethod(context, methods));
                }
            });
        }
        // From here on nobody reads a body.
        router.route().handler(context -> {
            discardBody(context);
            context.next();
        });
        pages.mount(router);
        router.route().handler(this::refuseUnrouted);
        router.route().failureHandler(this::fail);
        router.errorHandler(BAD_REQUEST, this::refuseUnroutable);
        router.errorHandler(NOT_FOUND, this::refuseUnrouted);
        return router;
    }

    private void mountOperations(
            Router router,
            Vertx vertx,
            Predicate<DescribedOperation> which,
            BiConsumer<DescribedOperation, Handler<RoutingContext>> also) {
        Spans spans = Spans.of(vertx);
        Turns turns = new Turns(vertx);
        contract.operations().stream().filter(which).forEach(operation -> {
            String id = operation.id();
            OperationHandler handler = new OperationHandler(operation, requireNonNull(endpoints.get(id)), edge, turns);
            Handler<RoutingContext> traced = spans == null
                    ? handler
                    : context -> spans.request(
                            context.response(), id, RequestIds.of(context), () -> handler.handle(context));
            // Route name used as the metric label
            Route route = router.route(routePath(operation)).setName(id).handler(traced);
            operation.methods().forEach(route::method);
            also.accept(operation, traced);
        });
    }

    private static boolean isLiteral(String path) {
        return !path.contains(":");
    }

    /** The methods of each path, for the requests that no operation took. */
    private Map<String, List<String>> methodsByPath() {
        return contract.operations().stream()
                .sorted(Comparator.comparing(operation -> operation.method().name()))
                .collect(Collectors.groupingBy(
                        ApiRouter::routePath,
                        TreeMap::new,
                        Collectors.flatMapping(
                                operation -> operation.methods().stream().map(HttpMethod::name), Collectors.toList())));
    }

    private static String routePath(DescribedOperation operation) {
        return operation.path().replaceAll("\\{([a-z_]+)}", ":$1");
    }

    /** Sets the headers that every response carries. */
    private void open(RoutingContext context) {
        identified(context);
        RequestLine.follow(context);
        context.next();
    }

    private void requireOwnName(RoutingContext context) {
        OwnNames names = edge.settings().names();
        HostAndPort asked = names == null ? null : context.request().authority();
        if (names == null || asked == null || names.include(asked.host())) {
            context.next();
            return;
        }
        discardBody(context);
        edge.failures()
                .send(
                        context,
                        new DomainException(
                                ErrorCode.MISDIRECTED_REQUEST,
                                "With demo data this service answers to localhost and to addresses only, unless"
                                        + " demo_open_to_network is true.",
                                Map.of("host", asked.host())));
    }

    /** Once for each request: a failure may come after it. */
    private void discardBody(RoutingContext context) {
        if (context.data().putIfAbsent(DISCARDED, true) == null) {
            edge.bodies().discard(context.vertx(), context.request());
        }
    }

    private static HttpServerResponse identified(RoutingContext context) {
        return identify(context.response(), RequestIds.of(context));
    }

    static HttpServerResponse identify(HttpServerResponse response, String requestId) {
        return response.putHeader(RequestIds.HEADER, requestId)
                .putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    /** The router itself refuses, before any handler, a target that is no path and a Host that is none. */
    private void fail(RoutingContext context) {
        identified(context);
        discardBody(context);
        switch (context.statusCode()) {
            case NOT_FOUND -> refuseUnrouted(context);
            case BAD_REQUEST -> edge.failures().send(context, malformed());
            default -> edge.failures().send(context, context.failure());
        }
    }

    /**
     * The router would merge adjacent slashes and resolve dots, so that a path means another than it says, and than whatever
     * stands in front has judged. The contract allows one slash at the end, and knows no such segments.
     */
    private void refuseOddSegments(RoutingContext context) {
        String path = context.request().path();
        boolean perhapsDots = path.contains("/.") || path.indexOf('%') >= 0;
        if (path.contains("//") || perhapsDots && DOTS.matcher(path).find()) {
            discardBody(context);
            edge.failures().send(context, DomainException.notFound("route", path));
        } else {
            context.next();
        }
    }

    private void refuseUnrouted(RoutingContext context) {
        discardBody(context);
        edge.failures()
                .send(
                        context,
                        DomainException.notFound("route", context.request().path()));
    }

    private void refuseMethod(RoutingContext context, List<String> allowed) {
        HttpServerRequest request = context.request();
        discardBody(context);
        context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
        edge.failures()
                .send(
                        context,
                        new DomainException(
                                ErrorCode.METHOD_NOT_ALLOWED,
                                "This path does not serve " + request.method() + ".",
                                Map.of("allowed_methods", allowed)));
    }

    /** Answers NOT_FOUND: a path that cannot be decoded names nothing. */
    private void refuseUnroutable(RoutingContext context) {
        discardBody(context);
        edge.failures()
                .send(
                        context,
                        DomainException.notFound("route", context.request().path()));
    }

    /** Answers bytes that are no HTTP request, before any routing, and closes the connection. */
    static void refuseMalformed(HttpServerRequest request) {
        DomainException refusal = malformed();
        identify(Closing.asLast(request.response()), UUID.randomUUID().toString())
                .setStatusCode(refusal.code().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.JSON)
                .end(Failures.envelope(refusal));
    }

    private static DomainException malformed() {
        return DomainException.rule(
                "request", "must be a well-formed request of HTTP/1.1 or 1.0, and of acceptable size");
    }
}
