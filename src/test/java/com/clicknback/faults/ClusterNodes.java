package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.address.HostPort;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Nodes that tell each other what is new, and what a client sees of that. */
final class ClusterNodes {
    static final int USER_LIMIT = 30;

    /** The time in which nodes notice that they are cut off, or that they can meet. */
    private static final Duration NOTICED_MAX = Duration.ofSeconds(60);

    /** The age at which a cached flag is read again, and the time of a request that began before. */
    private static final Duration FLAG_MAX = Duration.ofMillis(900 + 1_000);

    private static final Duration POLL = Duration.ofMillis(50);

    /** Of requests of one user, who has a limit. */
    private static final Duration SPARING_POLL = Duration.ofMillis(200);

    private static final String HEARD = "clicknback_cluster_messages_received_total";

    private final Trial trial;

    ClusterNodes(Trial trial) {
        this.trial = trial;
    }

    /**
     * Begins to start a node.
     *
     * @param members that it looks for, itself perhaps among them
     * @param more settings by environment variable
     */
    ServiceProcess begin(HostPort listens, List<HostPort> members, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "CLICKNBACK_CLUSTER_ENABLED", "true",
                "CLICKNBACK_CLUSTER_PORT", Integer.toString(listens.port()),
                "CLICKNBACK_CLUSTER_MEMBERS",
                        members.stream().map(HostPort::toString).collect(Collectors.joining(",")),
                "CLICKNBACK_RATE_LIMIT_USER", Integer.toString(USER_LIMIT)));
        settings.putAll(more);
        return ServiceProcess.begin(trial.database(), settings);
    }

    static Session newUser(ServiceProcess at) {
        String email = Scenario.unique("node") + "@example.com";
        JsonObject credentials = JsonObject.of("email", email, "password", Session.PASSWORD);
        JsonObject user = at.api().post("/users", credentials).expect(201).json();
        JsonObject tokens =
                at.api().post("/auth/login", credentials).expect(200).json();
        return new Session(
                UUID.fromString(user.getString("id")),
                email,
                tokens.getString("access_token"),
                tokens.getString("refresh_token"));
    }

    Session newAdmin(ServiceProcess at) {
        Session user = newUser(at);
        trial.sql().execute("UPDATE users SET role = 'admin' WHERE id = ?", user.userId());
        return user;
    }

    /** Returns once each of these sees so many nodes. */
    static void awaitMembers(int count, List<ServiceProcess> nodes) {
        for (ServiceProcess node : nodes) {
            Waiting.until(
                    "each sees " + count,
                    NOTICED_MAX,
                    POLL,
                    () -> Probe.metric(node.managementUrl(), "clicknback_cluster_members") == count);
        }
    }

    /** Returns once each of these has heard more than before. */
    static void awaitNews(List<ServiceProcess> nodes) {
        for (ServiceProcess node : nodes) {
            double before = Probe.metric(node.managementUrl(), HEARD);
            Waiting.until(
                    "each hears the others",
                    NOTICED_MAX,
                    POLL,
                    () -> Probe.metric(node.managementUrl(), HEARD) > before);
        }
    }

    /** A flag that is set at one counts at another no later than it would without news. */
    void requireSameFlags(ServiceProcess one, ServiceProcess other) {
        Session boss = newAdmin(one);
        String path = "/feature-flags/" + Scenario.unique("node").replace('-', '_');
        for (boolean enabled : List.of(true, false)) {
            one.api().as(boss).put(path, JsonObject.of("enabled", enabled)).expect(200);
            long setNs = System.nanoTime();
            Waiting.until("the other sees the flag", NOTICED_MAX, SPARING_POLL, () -> {
                boolean mayBeOld = System.nanoTime() - setNs < FLAG_MAX.toNanos();
                JsonObject flag =
                        other.api().as(boss).get(path + "/evaluate").expect(200).json();
                boolean seen = flag.getBoolean("enabled").equals(enabled);
                assertThat(seen || mayBeOld).as("a flag in time").isTrue();
                return seen;
            });
        }
    }

    /** The others grant what they are asked before they hear, and what has come back meanwhile. */
    static void requireOneLimit(ServiceProcess first, List<ServiceProcess> others) {
        Session user = newUser(first);
        requireWholeLimit(user, first);
        others.forEach(node -> assertThat(granted(user, node)).isLessThan(USER_LIMIT / 2));
    }

    static void requireLimitOfEach(List<ServiceProcess> nodes) {
        Session user = newUser(nodes.get(0));
        nodes.forEach(node -> requireWholeLimit(user, node));
    }

    private static void requireWholeLimit(Session user, ServiceProcess node) {
        long startNs = System.nanoTime();
        int granted = granted(user, node);
        long cameBack = USER_LIMIT
                * (System.nanoTime() - startNs)
                / Duration.ofMinutes(1).toNanos();
        assertThat(granted).isBetween(USER_LIMIT, USER_LIMIT + (int) cameBack + 1);
    }

    private static int granted(Session user, ServiceProcess node) {
        int granted = 0;
        while (node.api().as(user).get("/users/me").status() == 200) {
            granted++;
        }
        return granted;
    }
}
