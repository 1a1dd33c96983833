package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.DebianProxy;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three nodes behind a proxy, which are restarted one after the other while clients send: none of them notices. */
@Tag("faults")
@Timeout(600)
class RollingRestartTest {
    private static final int ROUNDS = Integer.getInteger("faults.rollingRestarts", 1);
    private static final int NODES = 3;

    /** As many as two cores bear beside the start of a node. */
    private static final int PER_SECOND = Integer.getInteger("faults.requestsPerSecond", 100);

    /** The limit of a client address at each node. */
    private static final int PUBLIC_READS = 2;

    private static final Duration SERVING_MAX = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String ACCEPTED = "clicknback_purchases_accepted_total";

    /** The proxy notices within two seconds; the rest is for a machine that is busy. */
    private static final Map<String, String> NODE = Map.of(
            "CLICKNBACK_SHUTDOWN_DRAIN_SECONDS", "4",
            "CLICKNBACK_HTTP_TRUSTED_PROXIES", "127.0.0.1",
            "CLICKNBACK_LOG_REQUESTS", "none",
            "CLICKNBACK_RATE_LIMIT_PUBLIC_READS", Integer.toString(PUBLIC_READS));

    private static final List<ServiceProcess> nodes = new ArrayList<>();
    private static Trial trial;

    @BeforeAll
    static void startNodes() {
        DebianProxy.requireInstalled();
        trial = Trial.on(TestServer.shared().createMigratedDatabase());
        for (int i = 0; i < NODES; i++) {
            nodes.add(ServiceProcess.begin(trial.database(), NODE));
        }
        nodes.forEach(ServiceProcess::awaitReady);
    }

    @AfterAll
    static void stopNodes() {
        nodes.forEach(ServiceProcess::kill);
    }

    @Test
    void noRequestIsLostBehindHaproxy() {
        try (DebianProxy proxy = DebianProxy.haproxy(places());
                SteadyLoad load = new SteadyLoad(trial, proxy, PER_SECOND, true)) {
            nodes.forEach(node -> awaitServing(node, load));
            for (int round = 0; round < ROUNDS; round++) {
                for (ServiceProcess node : nodes) {
                    restart(node, load);
                }
            }
            requireNothingLost(load, "HAProxy");
            requireLimitByAddress(proxy, "127.0.0.3", "127.0.0.4");
        }
    }

    /** It knows nothing of readiness, and sends to a node until that closes its port. */
    @Test
    void noRequestThatMayBeSentTwiceIsLostBehindNginx() {
        try (DebianProxy proxy = DebianProxy.nginx(places());
                SteadyLoad load = new SteadyLoad(trial, proxy, PER_SECOND, false)) {
            nodes.forEach(node -> awaitServing(node, load));
            for (int round = 0; round < ROUNDS; round++) {
                restart(nodes.get(round % NODES), load);
            }
            requireNothingLost(load, "nginx");
            requireLimitByAddress(proxy, "127.0.0.5", "127.0.0.6");
        }
    }

    private static List<DebianProxy.Node> places() {
        return nodes.stream().map(DebianProxy.Node::of).toList();
    }

    private static void restart(ServiceProcess node, SteadyLoad load) {
        assertThat(node.stop()).isEqualTo(ServiceProcess.TERMINATED);
        node.restart();
        awaitServing(node, load);
    }

    /** The node gets requests of its own. */
    private static void awaitServing(ServiceProcess node, SteadyLoad load) {
        double before = Probe.metric(node.managementUrl(), ACCEPTED);
        Waiting.until("the proxy sends to the node", SERVING_MAX, POLL, () -> {
            load.requireNoFailure();
            return Probe.metric(node.managementUrl(), ACCEPTED) > before;
        });
    }

    private static void requireNothingLost(SteadyLoad load, String proxy) {
        load.finish();
        load.requireNoFailure();
        trial.requireKept(load.acknowledged());
        trial.requireCleanLedger();
        System.out.println(proxy + " passed on " + load.told() + ", and none was lost");
    }

    /** A client that invents another address with each request meets its limit all the same, and another one does not. */
    private static void requireLimitByAddress(DebianProxy proxy, String greedy, String other) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i <= NODES * PUBLIC_READS; i++) {
            statuses.add(readKeys(proxy, greedy, "203.0.113." + i));
        }
        assertThat(statuses).contains(200, 429);
        assertThat(readKeys(proxy, other, other)).isEqualTo(200);
    }

    private static int readKeys(DebianProxy proxy, String from, String forged) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpClient client = vertx.createHttpClient(proxy.clientOptions().setLocalAddress(from));
        try {
            return TestService.await(client.request(
                            proxy.target().setURI("/.well-known/jwks.json").putHeader("X-Forwarded-For", forged))
                    .compose(HttpClientRequest::send)
                    .map(HttpClientResponse::statusCode));
        } finally {
            // One that nobody refers to any more closes itself, be it before its answer.
            TestService.await(client.close().compose(closed -> vertx.close()));
        }
    }
}
