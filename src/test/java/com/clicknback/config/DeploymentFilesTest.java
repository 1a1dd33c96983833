package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import com.clicknback.testing.Debian;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that deployments start from: what they set exists, and their numbers fit each other and the service. */
class DeploymentFilesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path FOLDER = Path.of("docs", "deployment");
    private static final Path KUBERNETES = FOLDER.resolve("kubernetes");

    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Deployment", Deployment.class,
            "Service", Service.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "Job", Job.class,
            "Ingress", Ingress.class);

    /** Stands for what Kubernetes knows only. */
    private static final String POD_IP = "10.1.2.3";

    /** The service's own bound on a stop after the drain, as the page on deployment has it. */
    private static final int STOP_SECONDS_MAX = 12;

    /** The need of the JVM beside its heap and its compiled code. */
    private static final int REST_MIB = 128;

    private static final Map<String, String> SECRETS = Map.of(
            "CLICKNBACK_JWT_SECRET", TestConfig.JWT_SECRET,
            "CLICKNBACK_ENCRYPTION_KEY", TestConfig.ENCRYPTION_KEY,
            "CLICKNBACK_RECEIPT_KEY", TestConfig.RECEIPT_KEY);

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode yaml(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode manifest(String name) {
        return yaml(KUBERNETES.resolve(name + ".yaml"));
    }

    private static JsonNode compose(String service) {
        JsonNode services = yaml(Path.of("docker-compose.yml")).get("services");
        return services.get(service);
    }

    private static JsonNode pod(String manifest) {
        return manifest(manifest).at("/spec/template/spec");
    }

    private static int number(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .map(found -> Integer.parseInt(found.group(1)))
                .orElseThrow(() -> new AssertionError("nothing like " + pattern));
    }

    @Test
    void theKustomizationNamesEveryManifest() throws IOException {
        try (Stream<Path> files = Files.list(KUBERNETES)) {
            assertThat(manifest("kustomization").get("resources"))
                    .map(JsonNode::asText)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.equals("kustomization.yaml"))
                                    .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "service", "nodes-service", "disruption-budget", "migration-job", "ingress"})
    void eachManifestIsAnObjectOfTheApi(String name) throws IOException {
        JsonNode manifest = manifest(name);
        Class<? extends HasMetadata> kind = KINDS.get(manifest.get("kind").asText());
        assertThat(manifest.get("apiVersion").asText()).isEqualTo(HasMetadata.getApiVersion(kind));
        List<String> unknown = new ArrayList<>();
        findUnknown(YAML.constructType(kind), manifest, "", unknown);
        assertThat(unknown).isEmpty();
        assertThat(YAML.treeToValue(manifest, kind).getMetadata().getName()).startsWith("clicknback");
    }

    /** The types keep members that the API does not have, as if they were extensions. */
    private static void findUnknown(JavaType type, JsonNode node, String place, List<String> unknown) {
        if (node.isArray()) {
            node.forEach(item -> findUnknown(type.getContentType(), item, place, unknown));
        } else if (node.isObject()) {
            Map<String, BeanPropertyDefinition> known = type.isMapLikeType()
                    ? Map.of()
                    : YAML.getSerializationConfig().introspect(type).findProperties().stream()
                            .collect(Collectors.toMap(BeanPropertyDefinition::getName, Function.identity()));
            node.properties().forEach(member -> {
                String below = place + "/" + member.getKey();
                if (type.isMapLikeType()) {
                    findUnknown(type.getContentType(), member.getValue(), below, unknown);
                } else if (known.containsKey(member.getKey())) {
                    findUnknown(known.get(member.getKey()).getPrimaryType(), member.getValue(), below, unknown);
                } else {
                    unknown.add(below);
                }
            });
        }
    }

    @Test
    void aMemberThatTheApiLacksIsSeen() throws IOException {
        List<String> unknown = new ArrayList<>();
        JsonNode wrong = YAML.readTree("{spec: {template: {spec: {containers: [{readynessProbe: {}}]}}}}");
        findUnknown(YAML.constructType(Deployment.class), wrong, "", unknown);
        assertThat(unknown).containsExactly("/spec/template/spec/containers/readynessProbe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deployment", "migration-job"})
    void podsHaveSettingsThatStart(String name) {
        Map<String, String> settings = configMap();
        pod(name)
                .at("/containers/0/env")
                .forEach(variable -> settings.put(
                        variable.get("name").asText(), variable.path("value").asText(POD_IP)));
        List<String> files = new ArrayList<>();
        settings.forEach((variable, value) -> {
            if (variable.endsWith("_FILE")) {
                files.add(value);
            }
        });
        // The authority of the database's certificate is in the pod only.
        settings.computeIfPresent("CLICKNBACK_DATABASE_URL", (variable, url) -> {
            String[] parts = url.split("&sslrootcert=");
            files.add(parts[1]);
            return parts[0];
        });
        String mount = pod(name).at("/containers/0/volumeMounts/0/mountPath").asText();
        JsonNode kept = pod(name).at("/volumes/0/secret/items");
        assertThat(files).isNotEmpty().allMatch(file -> file.startsWith(mount + "/"));
        if (!kept.isMissingNode()) {
            assertThat(kept)
                    .map(item -> mount + "/" + item.get("path").asText())
                    .containsAll(files);
        }
        requireStarting(settings);
    }

    private static Map<String, String> configMap() {
        Map<String, String> settings = new LinkedHashMap<>();
        manifest("kustomization").at("/configMapGenerator/0/literals").forEach(literal -> {
            String[] parts = literal.asText().split("=", 2);
            settings.put(parts[0], parts[1]);
        });
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"clicknback", "node1"})
    void composeHasSettingsThatStart(String service) {
        Map<String, String> settings = new LinkedHashMap<>();
        JsonNode shared = yaml(Path.of("docker-compose.yml")).get("x-settings");
        Stream.of(shared, compose(service).get("environment"))
                .forEach(some -> some.properties()
                        .forEach(setting -> settings.put(
                                setting.getKey(),
                                setting.getValue().asText().replaceAll("^\\$\\{[A-Z_]+:-(.*)}$", "$1"))));
        settings.keySet().removeIf("<<"::equals);
        requireStarting(settings);
    }

    @Test
    void theMachineOfOnesOwnHasSettingsThatStart() {
        String page = read(Path.of("docs", "deployment.md"));
        String block = page.substring(page.indexOf("<<'SETTINGS'\n"), page.indexOf("\nSETTINGS\n"));
        Map<String, String> settings = Pattern.compile("(?m)^([A-Z_]+)=(.*)$")
                .matcher(block)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        requireStarting(settings);
    }

    /** A service would start with these settings, on files with secrets that are right. */
    private static void requireStarting(Map<String, String> settings) {
        JsonObject tree = TestConfig.defaults();
        settings.forEach((name, value) -> {
            String variable = name.replaceFirst("_FILE$", "");
            assertThat(Setting.ALL)
                    .as(name)
                    .anyMatch(setting ->
                            setting.variable().equals(variable) && (setting.secret() || variable.equals(name)));
            tree.put(variable, variable.equals(name) ? value : SECRETS.getOrDefault(variable, "a password"));
        });
        assertThat(Problem.linesOf(tree)).isEmpty();
    }

    @Test
    void portsAreThoseOfTheService() {
        int http = TestConfig.defaults().getJsonObject("http").getInteger("port");
        int management = TestConfig.defaults().getJsonObject("management").getInteger("port");
        int cluster = TestConfig.defaults().getJsonObject("cluster").getInteger("port");
        JsonNode container = pod("deployment").at("/containers/0");
        assertThat(container.get("ports"))
                .map(port -> port.get("name").asText() + " " + port.get("containerPort"))
                .containsExactly("http " + http, "management " + management, "cluster " + cluster);
        assertThat(manifest("nodes-service").at("/spec/ports/0/port").asInt()).isEqualTo(cluster);
        assertThat(container.get("env"))
                .map(variable -> variable.path("value").asText())
                .contains(manifest("nodes-service").at("/metadata/name").asText());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            assertThat(container.at("/" + probe + "/httpGet/port").asText()).isEqualTo("management");
        }
        assertThat(manifest("service").at("/spec/ports/0/targetPort").asText()).isEqualTo("http");
        assertThat(read(FOLDER.resolve("haproxy.cfg")))
                .containsPattern("server node3 [0-9.]+:" + http + " port " + management + "\n");
        assertThat(read(FOLDER.resolve("nginx.conf"))).containsPattern("server [0-9.]+:" + http + " ");
        assertThat(read(Path.of("Dockerfile"))).contains("EXPOSE " + http + " " + management + "\n");
    }

    @Test
    void limitsOfMemoryHoldTheJvm() {
        String options = read(Path.of("conf", "jvm.options"));
        int needed = number(options, "(?m)^-Xmx(\\d+)m$")
                + number(options, "(?m)^-XX:ReservedCodeCacheSize=(\\d+)m$")
                + REST_MIB;
        for (String name : List.of("deployment", "migration-job")) {
            String limit = pod(name).at("/containers/0/resources/limits/memory").asText();
            assertThat(number(limit, "^(\\d+)Mi$")).isGreaterThanOrEqualTo(needed);
        }
        assertThat(number(read(FOLDER.resolve("clicknback@.service")), "(?m)^MemoryMax=(\\d+)M$"))
                .isGreaterThanOrEqualTo(needed);
    }

    /** Senders of requests have noticed before the drain is over, and whatever ends processes waits for the end of it. */
    @Test
    void drainsOutlastTheProbesAndEndInTime() {
        int drain = Integer.parseInt(configMap().get("CLICKNBACK_SHUTDOWN_DRAIN_SECONDS"));
        JsonNode readiness = pod("deployment").at("/containers/0/readinessProbe");
        int noticed = readiness.get("failureThreshold").asInt()
                * (readiness.get("periodSeconds").asInt()
                        + readiness.get("timeoutSeconds").asInt());
        assertThat(drain).isGreaterThan(noticed);
        assertThat(pod("deployment").get("terminationGracePeriodSeconds").asInt())
                .isGreaterThanOrEqualTo(drain + STOP_SECONDS_MAX);

        String haproxy = read(FOLDER.resolve("haproxy.cfg"));
        int told = number(haproxy, "CLICKNBACK_SHUTDOWN_DRAIN_SECONDS=(\\d+)");
        assertThat(told).isGreaterThan(number(haproxy, " inter (\\d+)s ") * number(haproxy, " fall (\\d+) "));
        int composed = compose("node1")
                .at("/environment/CLICKNBACK_SHUTDOWN_DRAIN_SECONDS")
                .asInt();
        assertThat(composed).isEqualTo(told);
        assertThat(number(compose("node1").get("stop_grace_period").asText(), "^(\\d+)s$"))
                .isGreaterThanOrEqualTo(composed + STOP_SECONDS_MAX);
        assertThat(number(read(FOLDER.resolve("clicknback@.service")), "(?m)^TimeoutStopSec=(\\d+)$"))
                .isGreaterThanOrEqualTo(told + STOP_SECONDS_MAX);
    }

    @Test
    void nodesOfTheClusterStandWhereTheProxyLooks() {
        List<String> addresses = Pattern.compile("server node\\d ([0-9.]+):")
                .matcher(read(FOLDER.resolve("haproxy.cfg")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(Stream.of("node1", "node2", "node3").map(DeploymentFilesTest::address))
                .containsExactlyElementsOf(addresses);
        assertThat(compose("node1")
                        .at("/environment/CLICKNBACK_HTTP_TRUSTED_PROXIES")
                        .asText())
                .isEqualTo(address("haproxy"));
    }

    private static String address(String service) {
        return compose(service).at("/networks/cluster/ipv4_address").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "cluster"})
    void composeAcceptsItsFileAndConfinesTheService(String profile) throws IOException, InterruptedException {
        Debian.requireCommand("docker-compose", "docker-compose");
        Process compose = new ProcessBuilder("docker-compose", "--profile", profile, "config")
                .redirectErrorStream(true)
                .start();
        String output = new String(compose.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compose.waitFor()).as(output).isZero();

        List<JsonNode> ours = new ArrayList<>();
        YAML.readTree(output).get("services").forEach(service -> {
            if (service.path("image").asText().equals("clicknback")) {
                ours.add(service);
            }
        });
        assertThat(ours).isNotEmpty().allSatisfy(service -> {
            assertThat(service.path("read_only").asBoolean()).isTrue();
            assertThat(service.path("cap_drop")).map(JsonNode::asText).containsExactly("ALL");
            assertThat(service.path("security_opt")).map(JsonNode::asText).containsExactly("no-new-privileges:true");
        });
    }
}
