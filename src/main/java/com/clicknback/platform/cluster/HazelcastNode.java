package com.clicknback.platform.cluster;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TopicConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.topic.ITopic;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.Consumer;

/**
 * This process as a member of a Hazelcast cluster, which carries bytes to the other members and keeps nothing. All
 * methods may wait.
 */
final class HazelcastNode {
    private static final String CLUSTER = "clicknback";
    private static final String TOPIC = "notices";

    /** Small and quiet: a cluster that carries some notices needs few threads, and none of the rest. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.jmx", "false"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.slow.operation.detector.enabled", "false"),
            Map.entry("hazelcast.socket.bind.any", "false"),
            Map.entry("hazelcast.partition.count", "11"),
            Map.entry("hazelcast.operation.thread.count", "1"),
            Map.entry("hazelcast.operation.generic.thread.count", "1"),
            Map.entry("hazelcast.operation.response.thread.count", "1"),
            Map.entry("hazelcast.io.thread.count", "1"),
            Map.entry("hazelcast.event.thread.count", "1"),
            // Notices that nobody has the time for are dropped.
            Map.entry("hazelcast.event.queue.capacity", "1000"),
            Map.entry("hazelcast.event.queue.timeout.millis", "10"),
            // A node that is silent for so long is gone; one that is back is met again.
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "5"),
            Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            Map.entry("hazelcast.max.join.seconds", "60"),
            Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "2"));

    private final HazelcastInstance member;
    private final ITopic<byte[]> topic;

    private HazelcastNode(HazelcastInstance member) {
        this.member = member;
        this.topic = member.getTopic(TOPIC);
    }

    /**
     * Joins the members that are there, or waits for them alone.
     *
     * @param address this machine's, to listen on
     * @param arrived takes what others publish, on a thread of Hazelcast's
     */
    static HazelcastNode join(ClusterSettings settings, InetAddress address, Consumer<byte[]> arrived) {
        HazelcastInstance member = Hazelcast.newHazelcastInstance(config(settings, address));
        HazelcastNode node = new HazelcastNode(member);
        node.topic.addMessageListener(message -> {
            if (!message.getPublishingMember().localMember()) {
                arrived.accept(message.getMessageObject());
            }
        });
        return node;
    }

    private static Config config(ClusterSettings settings, InetAddress address) {
        Config config = new Config();
        config.setClusterName(CLUSTER);
        PROPERTIES.forEach(config::setProperty);
        config.setProperty("hazelcast.prefer.ipv4.stack", Boolean.toString(!(address instanceof Inet6Address)));
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig()
                .setPort(settings.port())
                .setPortAutoIncrement(false)
                .setReuseAddress(true);
        endpoint.getInterfaces().setEnabled(true).addInterface(address.getHostAddress());
        if (settings.publicHost() != null) {
            endpoint.setPublicAddress(settings.publicHost());
        }
        // Members alone are let in: no clients, no REST, no memcache.
        AdvancedNetworkConfig network =
                config.getAdvancedNetworkConfig().setEnabled(true).setMemberEndpointConfig(endpoint);
        find(network.getJoin(), settings);
        config.addTopicConfig(new TopicConfig(TOPIC).setStatisticsEnabled(false));
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getManagementCenterConfig()
                .setScriptingEnabled(false)
                .setConsoleEnabled(false)
                .setDataAccessEnabled(false);
        // Only types of Java's and Hazelcast's own are read back; messages are bytes.
        config.getSerializationConfig()
                .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig())
                .setAllowUnsafe(false);
        return config;
    }

    private static void find(JoinConfig join, ClusterSettings settings) {
        join.getMulticastConfig().setEnabled(false);
        join.getAutoDetectionConfig().setEnabled(false);
        if (settings.kubernetesService() != null) {
            join.getKubernetesConfig()
                    .setEnabled(true)
                    .setProperty("service-dns", settings.kubernetesService().text())
                    .setProperty("service-port", Integer.toString(settings.port()));
            return;
        }
        join.getTcpIpConfig().setEnabled(true);
        settings.members().forEach(other -> join.getTcpIpConfig().addMember(other.toString()));
    }

    void publish(byte[] message) {
        topic.publish(message);
    }

    /** The nodes that this one sees, itself included. */
    int members() {
        return member.getLifecycleService().isRunning()
                ? member.getCluster().getMembers().size()
                : 0;
    }

    void leave() {
        member.shutdown();
    }
}
