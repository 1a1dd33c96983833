package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clicknback.platform.address.HostPort;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Cable;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.Waiting;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes of a cluster under load, which are cut off from each other and meet again. */
@Tag("faults")
@Timeout(900)
class ClusterSplitTest {
    private static final int SPLITS = Integer.getInteger("faults.splits", 1);
    private static final int USER_LIMIT = 30;

    /** The other address of each node leads through its cable. */
    private static final String NEAR_ONE = "127.0.0.2";

    private static final String NEAR_OTHER = "127.0.0.3";

    /** The time in which nodes notice that they are cut off, or that they can meet. */
    private static final Duration NOTICED_MAX = Duration.ofSeconds(60);

    /** The age at which a cached flag is read again, and the time of a request. */
    private static final Duration FLAG_MAX = Duration.ofMillis(900 + 1_000);

    private static final Duration POLL = Duration.ofMillis(50);

    private final Trial trial = Trial.on(TestServer.shared().createMigratedDatabase());
    private final AtomicInteger turn = new AtomicInteger();
    private Cable toOne;
    private Cable toOther;
    private ServiceProcess one;
    private ServiceProcess other;
    private Session admin;

    @BeforeAll
    static void requireAddresses() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(NEAR_ONE))) {
            assumeTrue(socket.isBound());
        } catch (IOException e) {
            assumeTrue(false, "loopback has one address here");
        }
    }

    @BeforeEach
    void start() throws IOException {
        HostPort farOne = new HostPort("127.0.0.1", ServiceProcess.freePort());
        HostPort farOther = new HostPort("127.0.0.1", ServiceProcess.freePort());
        toOne = Cable.to(farOne, NEAR_ONE);
        toOther = Cable.to(farOther, NEAR_OTHER);
        String members = toOne.near() + "," + toOther.near();
        one = node(farOne, NEAR_ONE, members);
        other = node(farOther, NEAR_OTHER, members);
        admin = newAdmin();
        awaitMembers(2);
    }

    private ServiceProcess node(HostPort listens, String reachedAt, String members) {
        return ServiceProcess.start(
                trial.database(),
                Map.of(
                        "CLICKNBACK_CLUSTER_ENABLED",
                        "true",
                        "CLICKNBACK_CLUSTER_PORT",
                        Integer.toString(listens.port()),
                        "CLICKNBACK_CLUSTER_PUBLIC_HOST",
                        reachedAt,
                        "CLICKNBACK_CLUSTER_MEMBERS",
                        members,
                        "CLICKNBACK_RATE_LIMIT_USER",
                        Integer.toString(USER_LIMIT),
                        "CLICKNBACK_VERIFICATION_INTERVAL_SECONDS",
                        "1"));
    }

    @AfterEach
    void close() {
        other.close();
        one.close();
        toOther.close();
        toOne.close();
    }

    @Test
    void nodesThatAreCutOffFromEachOtherServeAsBefore() {
        try (Sender sender = trial.sender(this::nextNode)) {
            sender.awaitMore(50);
            limitsCountOnBothTogether();
            for (int split = 0; split < SPLITS; split++) {
                long cutNs = System.nanoTime();
                toOne.silence();
                toOther.silence();
                sender.awaitMore(50);
                awaitMembers(1);
                System.out.println("cut off, noticed after " + sinceMs(cutNs) + " ms");
                whatIsRevokedOnOneIsRefusedOnTheOther();
                flagsAreTheSameOnBoth();
                limitsCountOnEachAlone();
                sender.awaitMore(50);

                long mendedNs = System.nanoTime();
                toOne.mend();
                toOther.mend();
                awaitMembers(2);
                System.out.println("mended, met after " + sinceMs(mendedNs) + " ms");
                theyHearEachOther();
                whatIsRevokedOnOneIsRefusedOnTheOther();
                limitsCountOnBothTogether();
            }
            assertThat(sender.unavailable()).as("answers 503").isZero();
            System.out.println("the slowest answer took " + sender.slowest().toMillis() + " ms");
            Recovery.require(trial, sender);
        }
    }

    private static long sinceMs(long startNs) {
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    private ApiClient nextNode() {
        return (turn.getAndIncrement() % 2 == 0 ? one : other).api();
    }

    private Session newUser() {
        String email = Scenario.unique("split") + "@example.com";
        JsonObject credentials = JsonObject.of("email", email, "password", Session.PASSWORD);
        JsonObject user = one.api().post("/users", credentials).expect(201).json();
        JsonObject tokens =
                one.api().post("/auth/login", credentials).expect(200).json();
        return new Session(
                UUID.fromString(user.getString("id")),
                email,
                tokens.getString("access_token"),
                tokens.getString("refresh_token"));
    }

    private Session newAdmin() {
        Session user = newUser();
        trial.sql().execute("UPDATE users SET role = 'admin' WHERE id = ?", user.userId());
        return user;
    }

    private void awaitMembers(int count) {
        for (ServiceProcess node : List.of(one, other)) {
            Waiting.until(
                    "each sees " + count,
                    NOTICED_MAX,
                    POLL,
                    () -> Probe.metric(node.managementUrl(), "clicknback_cluster_members") == count);
        }
    }

    /** A secret, a role, an account and its sessions, each with the very next request. */
    private void whatIsRevokedOnOneIsRefusedOnTheOther() {
        Session boss = newAdmin();
        ApiClient here = one.api().as(boss);

        JsonObject made = here.post("/partners", JsonObject.of("name", Scenario.unique("Partner")))
                .expect(201)
                .json();
        Partner partner = new Partner(UUID.fromString(made.getString("id")), made.getString("secret"));
        assertThat(signed(partner)).isNotEqualTo(401);
        String secrets = "/partners/" + partner.id() + "/secrets";
        String secretId = here.get(secrets).data().get(0).getString("id");
        here.delete(secrets + "/" + secretId).expect(204);
        assertThat(signed(partner)).isEqualTo(401);

        Session demoted = newAdmin();
        other.api().as(demoted).get("/audit-logs").expect(200);
        here.patch("/users/" + demoted.userId(), JsonObject.of("role", "user")).expect(200);
        other.api().as(demoted).get("/audit-logs").expect(403);

        Session ended = newUser();
        here.delete("/users/" + ended.userId() + "/sessions").expect(204);
        assertThat(refreshed(ended).status()).isEqualTo(401);

        Session deactivated = newUser();
        here.patch("/users/" + deactivated.userId(), JsonObject.of("active", false))
                .expect(200);
        assertThat(other.api().as(deactivated).get("/users/me").status()).isIn(401, 403);
    }

    private int signed(Partner partner) {
        String body = "{}";
        return other.api()
                .with(partner.sign(body, Instant.now()))
                .post(partner.purchasesPath(), body)
                .status();
    }

    private Reply refreshed(Session session) {
        return other.api().post("/auth/refresh", JsonObject.of("refresh_token", session.refreshToken()));
    }

    private void flagsAreTheSameOnBoth() {
        Session boss = newAdmin();
        String path = "/feature-flags/" + Scenario.unique("split").replace('-', '_');
        for (boolean enabled : List.of(true, false)) {
            one.api().as(boss).put(path, JsonObject.of("enabled", enabled)).expect(200);
            Waiting.until(
                    "the other sees the flag",
                    FLAG_MAX,
                    Duration.ofMillis(200),
                    () -> other.api()
                            .as(boss)
                            .get(path + "/evaluate")
                            .expect(200)
                            .json()
                            .getBoolean("enabled")
                            .equals(enabled));
        }
    }

    /** The other grants what it is asked before it hears, and what has come back meanwhile. */
    private void limitsCountOnBothTogether() {
        Session user = newUser();
        assertThat(granted(user, one)).isBetween(USER_LIMIT, USER_LIMIT + 5);
        assertThat(granted(user, other)).isLessThan(USER_LIMIT / 2);
    }

    private void limitsCountOnEachAlone() {
        Session user = newUser();
        assertThat(granted(user, one)).isBetween(USER_LIMIT, USER_LIMIT + 5);
        assertThat(granted(user, other)).isBetween(USER_LIMIT, USER_LIMIT + 5);
    }

    private static int granted(Session user, ServiceProcess node) {
        int granted = 0;
        while (status(user, node) == 200) {
            granted++;
        }
        return granted;
    }

    private static int status(Session user, ServiceProcess node) {
        return node.api().as(user).get("/users/me").status();
    }

    private void theyHearEachOther() {
        for (ServiceProcess node : List.of(one, other)) {
            double before = Probe.metric(node.managementUrl(), "clicknback_cluster_messages_received_total");
            Waiting.until(
                    "each hears the other",
                    NOTICED_MAX,
                    POLL,
                    () -> Probe.metric(node.managementUrl(), "clicknback_cluster_messages_received_total") > before);
        }
    }
}
