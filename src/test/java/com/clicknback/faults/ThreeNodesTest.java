package com.clicknback.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.faults.Report.ReportedPurchase;
import com.clicknback.platform.address.HostPort;
import com.clicknback.testing.FreePorts;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three nodes of a cluster under load, one of which is killed at a time and comes back. */
@Tag("faults")
@Timeout(900)
class ThreeNodesTest {
    private static final int KILLS = Integer.getInteger("faults.nodeKills", 1);
    private static final int NODES = 3;

    private final Trial trial = Trial.on(TestServer.shared().createMigratedDatabase());
    private final ClusterNodes cluster = new ClusterNodes(trial);
    private final List<ServiceProcess> nodes = new ArrayList<>();
    private final List<ServiceProcess> serving = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        List<HostPort> members = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            members.add(new HostPort("127.0.0.1", FreePorts.next()));
        }
        members.forEach(member -> nodes.add(cluster.begin(member, members, Map.of())));
        nodes.forEach(ServiceProcess::awaitReady);
        serving.addAll(nodes);
    }

    @AfterEach
    void stop() {
        nodes.forEach(ServiceProcess::kill);
    }

    @Test
    void whatTheyTellEachOtherSurvivesTheLossOfOneAndReachesItAgain() {
        try (Sender sender = trial.sender(() ->
                        serving.get(turn.getAndIncrement() % serving.size()).api())
                .easy()) {
            requireNews(nodes);
            for (int kill = 0; kill < KILLS; kill++) {
                ServiceProcess lost = nodes.get(kill % NODES);
                List<ServiceProcess> left =
                        nodes.stream().filter(node -> node != lost).toList();
                sender.awaitMore(50);
                lost.kill();
                serving.remove(lost);
                Map<ReportedPurchase, UUID> acknowledged = sender.acknowledged();
                requireNews(left);
                trial.requireKept(acknowledged);

                lost.restart();
                serving.add(lost);
                requireNews(nodes);
            }
            assertThat(sender.unavailable()).as("answers 503").isZero();
            sender.finish();
            trial.requireExactly(sender.acknowledged());
        }
    }

    /** Each sees all of these and hears of what the others do. */
    private void requireNews(List<ServiceProcess> alive) {
        ClusterNodes.awaitMembers(alive.size(), alive);
        ClusterNodes.awaitNews(alive);
        ServiceProcess first = alive.get(0);
        List<ServiceProcess> others = alive.subList(1, alive.size());
        ClusterNodes.requireOneLimit(first, others);
        others.forEach(other -> cluster.requireSameFlags(first, other));
    }
}
