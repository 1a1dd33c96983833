package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clicknback.platform.address.HostPort;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Cable;
import com.clicknback.testing.FreePorts;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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

    /** The other address of each node leads through its cable. */
    private static final String NEAR_ONE = "127.0.0.2";

    private static final String NEAR_OTHER = "127.0.0.3";

    private final Trial trial = Trial.on(TestServer.shared().createMigratedDatabase());
    private final ClusterNodes cluster = new ClusterNodes(trial);
    private final AtomicInteger turn = new AtomicInteger();
    private Cable toOne;
    private Cable toOther;
    private ServiceProcess one;
    private ServiceProcess other;
    private List<ServiceProcess> nodes;

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
        HostPort farOne = new HostPort("127.0.0.1", FreePorts.next());
        HostPort farOther = new HostPort("127.0.0.1", FreePorts.next());
        toOne = Cable.to(farOne, NEAR_ONE);
        toOther = Cable.to(farOther, NEAR_OTHER);
        List<HostPort> members = List.of(toOne.near(), toOther.near());
        one = node(farOne, NEAR_ONE, members);
        other = node(farOther, NEAR_OTHER, members);
        nodes = List.of(one, other);
        nodes.forEach(ServiceProcess::awaitReady);
        ClusterNodes.awaitMembers(2, nodes);
    }

    private ServiceProcess node(HostPort listens, String reachedAt, List<HostPort> members) {
        return cluster.begin(
                listens,
                members,
                Map.of("CLICKNBACK_CLUSTER_PUBLIC_HOST", reachedAt, "CLICKNBACK_VERIFICATION_INTERVAL_SECONDS", "1"));
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
        try (Sender sender = trial.sender(this::nextNode).easy()) {
            sender.awaitMore(50);
            ClusterNodes.requireOneLimit(one, List.of(other));
            for (int split = 0; split < SPLITS; split++) {
                long cutNs = System.nanoTime();
                toOne.silence();
                toOther.silence();
                sender.awaitMore(50);
                ClusterNodes.awaitMembers(1, nodes);
                System.out.println("cut off, noticed after " + sinceMs(cutNs) + " ms");
                whatIsRevokedOnOneIsRefusedOnTheOther();
                cluster.requireSameFlags(one, other);
                ClusterNodes.requireLimitOfEach(nodes);
                sender.awaitMore(50);

                long mendedNs = System.nanoTime();
                toOne.mend();
                toOther.mend();
                ClusterNodes.awaitMembers(2, nodes);
                System.out.println("mended, met after " + sinceMs(mendedNs) + " ms");
                ClusterNodes.awaitNews(nodes);
                whatIsRevokedOnOneIsRefusedOnTheOther();
                ClusterNodes.requireOneLimit(one, List.of(other));
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

    /** A secret, a role, an account and its sessions, each with the very next request. */
    private void whatIsRevokedOnOneIsRefusedOnTheOther() {
        Session boss = cluster.newAdmin(one);
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

        Session demoted = cluster.newAdmin(one);
        other.api().as(demoted).get("/audit-logs").expect(200);
        here.patch("/users/" + demoted.userId(), JsonObject.of("role", "user")).expect(200);
        other.api().as(demoted).get("/audit-logs").expect(403);

        Session ended = ClusterNodes.newUser(one);
        here.delete("/users/" + ended.userId() + "/sessions").expect(204);
        assertThat(refreshed(ended).status()).isEqualTo(401);

        Session deactivated = ClusterNodes.newUser(one);
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
}
