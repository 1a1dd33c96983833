package com.clicknback.platform.http;

import static com.clicknback.testing.TestService.await;

import com.clicknback.platform.address.Network;
import com.clicknback.platform.address.Origin;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.contract.Contract;
import com.clicknback.platform.contract.DescribedOperation;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.HttpSettings.CorsPolicy;
import com.clicknback.platform.http.HttpSettings.RateLimits;
import com.clicknback.platform.http.HttpSettings.Server;
import com.clicknback.platform.intake.Closing;
import com.clicknback.platform.intake.SharedTokens;
import com.clicknback.platform.pages.Pages;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.TestClock;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The edge without domains behind it: endpoints are the test's own, tokens say who they stand for, and a signature is
 * good when it says so.
 */
public final class EdgeServer implements AutoCloseable {
    static final String USER = "user-9b7ad1cf-3c39-4f26-9a0c-1d3b4f0c7a01";
    static final String OTHER_USER = "user-9b7ad1cf-3c39-4f26-9a0c-1d3b4f0c7a02";
    static final String ADMIN = "admin-9b7ad1cf-3c39-4f26-9a0c-1d3b4f0c7a03";
    static final String PARTNER_ID = "9b7ad1cf-3c39-4f26-9a0c-1d3b4f0c7a04";

    /** Token or signature whose owner is found when the test says so. */
    static final String LATE = "late";

    static final Map<String, String> SIGNED = Map.of("webhook-signature", "good");
    static final int BODY_BYTES_MAX = 1_000;
    static final int EVENT_LOOPS = 2;

    private static final HttpSettings DEFAULTS = new HttpSettings(
            new Server("127.0.0.1", 0, BODY_BYTES_MAX, 1_000_000, 100, 1_024, 1_000, 100, 30, List.of()),
            new CorsPolicy(
                    List.of(new Origin("https://clicknback.com"), new Origin("https://admin.clicknback.com")),
                    Pattern.compile("https://[a-z]+\\.preview\\.example")),
            null);

    private static final RateLimits UNLIMITED = new RateLimits(0, 0, 0, 0, 0, 0, 0, 0);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
    private final AtomicInteger port = new AtomicInteger();
    private final TestClock clock = new TestClock();
    private final Promise<Void> known = Promise.promise();

    private EdgeServer(HttpSettings settings, RateLimits perMinute, Map<String, Endpoint> endpoints) {
        Contract contract = await(Contract.load(vertx));
        Map<String, Endpoint> all = new HashMap<>();
        for (DescribedOperation operation : contract.operations()) {
            all.put(operation.id(), call -> Future.failedFuture(unexpected(operation)));
        }
        all.keySet().removeAll(Set.of("getOpenApi", "getOpenApiJson"));
        all.putAll(endpoints);
        ApiRouter api = new ApiRouter(
                contract,
                Pages.load(),
                List.of(operations -> all.forEach(operations::on)),
                settings,
                new Limits(perMinute, clock, new SharedTokens(vertx, new Bus(vertx))),
                this::user,
                this::partner,
                new Closing(),
                clock);
        await(vertx.deployVerticle(
                () -> new HttpVerticle(api, "127.0.0.1", port::set, 1_000, EVENT_LOOPS),
                new DeploymentOptions().setInstances(EVENT_LOOPS)));
    }

    static EdgeServer with(Map<String, Endpoint> endpoints) {
        return new EdgeServer(DEFAULTS, UNLIMITED, endpoints);
    }

    static EdgeServer with(RateLimits limits, List<String> trustedProxies, Map<String, Endpoint> endpoints) {
        return new EdgeServer(settings(100, 30, trustedProxies), limits, endpoints);
    }

    static EdgeServer withInFlightMax(int inFlightMax, Map<String, Endpoint> endpoints) {
        return withInFlightMax(inFlightMax, List.of(), endpoints);
    }

    static EdgeServer withInFlightMax(int inFlightMax, List<String> trustedProxies, Map<String, Endpoint> endpoints) {
        return new EdgeServer(settings(inFlightMax, 30, trustedProxies), UNLIMITED, endpoints);
    }

    static EdgeServer withIdleTimeout(int seconds, Map<String, Endpoint> endpoints) {
        return new EdgeServer(settings(100, seconds, List.of()), UNLIMITED, endpoints);
    }

    static EdgeServer withConnectionsMax(int connectionsMax, Map<String, Endpoint> endpoints) {
        return new EdgeServer(settings(connectionsMax, 100, 30, List.of()), UNLIMITED, endpoints);
    }

    private static HttpSettings settings(int inFlightMax, int idleTimeoutSeconds, List<String> trustedProxies) {
        return settings(1_000, inFlightMax, idleTimeoutSeconds, trustedProxies);
    }

    private static HttpSettings settings(
            int connectionsMax, int inFlightMax, int idleTimeoutSeconds, List<String> trustedProxies) {
        List<Network> networks = trustedProxies.stream().map(Network::parse).toList();
        return new HttpSettings(
                new Server(
                        "127.0.0.1",
                        0,
                        BODY_BYTES_MAX,
                        1_000_000,
                        100,
                        1_024,
                        connectionsMax,
                        inFlightMax,
                        idleTimeoutSeconds,
                        networks),
                DEFAULTS.cors(),
                null);
    }

    private static Throwable unexpected(DescribedOperation operation) {
        return new AssertionError("the request reached " + operation.id());
    }

    private Future<Caller.User> user(String token) {
        return switch (token) {
            case LATE -> known.future().compose(v -> user(USER));
            case USER, OTHER_USER ->
                Future.succeededFuture(
                        new Caller.User(UUID.fromString(token.substring("user-".length())), false, null));
            case ADMIN ->
                Future.succeededFuture(
                        new Caller.User(UUID.fromString(token.substring("admin-".length())), true, null));
            case "expired" -> Future.failedFuture(new DomainException(ErrorCode.EXPIRED_TOKEN, "Expired."));
            default -> Future.failedFuture(new DomainException(ErrorCode.INVALID_TOKEN, "Invalid."));
        };
    }

    private Future<Caller.Partner> partner(String partnerId, MultiMap headers, Buffer rawBody) {
        String signature = headers.get("webhook-signature");
        Future<Void> found = LATE.equals(signature) ? known.future() : Future.succeededFuture();
        return LATE.equals(signature) || "good".equals(signature)
                ? found.map(v -> new Caller.Partner(UUID.fromString(partnerId), UUID.randomUUID()))
                : Future.failedFuture(new DomainException(ErrorCode.INVALID_SIGNATURE, "Invalid."));
    }

    /** Finds out who the late callers are. */
    void findCallers() {
        known.complete();
    }

    /** A client that holds what it sees against the contract. */
    ApiClient api() {
        return ApiClient.ofPart("http://127.0.0.1:" + port);
    }

    ApiClient as(@Nullable String token) {
        return token == null ? api() : api().withToken(token);
    }

    public int port() {
        return port.get();
    }

    TestClock clock() {
        return clock;
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
