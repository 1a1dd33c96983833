package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.platform.address.HostPort;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of a cluster, and what they ask of each other. */
class ClusterSettingsTest {
    private static JsonObject with(String... namesAndValues) {
        JsonObject tree = TestConfig.defaults();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            tree.put("CLICKNBACK_CLUSTER_" + namesAndValues[i], namesAndValues[i + 1]);
        }
        return tree;
    }

    @Test
    void isOffUnlessItIsAskedFor() {
        assertThat(Configuration.of(with()).cluster().enabled()).isFalse();
    }

    @Test
    void namesItsMembers() {
        Settings.Cluster cluster = Configuration.of(
                        with("ENABLED", "true", "MEMBERS", "10.0.0.1:5701, node-2.example:5702,[fd00::3]:5703"))
                .cluster();

        assertThat(cluster.members())
                .containsExactly(
                        new HostPort("10.0.0.1", 5701),
                        new HostPort("node-2.example", 5702),
                        new HostPort("fd00::3", 5703));
        assertThat(cluster.members()).last().hasToString("[fd00::3]:5703");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "10.0.0.1:0", "10.0.0.1:65536", ":5701", "fd00::3:5701", "http://a:5701", "a b:1"})
    void refusesMembersOfAnotherForm(String members) {
        assertThat(Problem.linesOf(with("ENABLED", "true", "MEMBERS", members)))
                .singleElement()
                .asString()
                .contains("cluster.members", "must be a comma-separated list of host:port, not '" + members + "'");
    }

    @Test
    void needsOneWayToFindTheOthers() {
        Map<String, JsonObject> wrong = Map.of(
                "cluster.members", with("ENABLED", "true"),
                "cluster.kubernetes_service",
                        with("ENABLED", "true", "MEMBERS", "a:1", "KUBERNETES_SERVICE", "nodes.default.svc"));

        wrong.forEach((path, tree) ->
                assertThat(Problem.linesOf(tree)).singleElement().asString().contains(path));
    }

    @Test
    void findsThemByAServiceOfKubernetes() {
        Settings.Cluster cluster = Configuration.of(with("ENABLED", "true", "KUBERNETES_SERVICE", "nodes.default.svc"))
                .cluster();

        assertThat(cluster.kubernetesService()).hasToString("nodes.default.svc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodes default", "http://nodes.default.svc", "nodes.default.svc:5701", "nodes..svc", "a,b"})
    void refusesAServiceThatNoNameServerKnows(String service) {
        assertThat(Problem.linesOf(with("ENABLED", "true", "KUBERNETES_SERVICE", service)))
                .singleElement()
                .asString()
                .contains("cluster.kubernetes_service", "must be a host name, not '" + service + "'");
    }
}
