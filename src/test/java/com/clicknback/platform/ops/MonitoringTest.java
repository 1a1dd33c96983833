package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Debian;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alerts and the dashboard beside what a service measures and what the page on operations tells. */
@ExtendWith(ServiceExtension.class)
class MonitoringTest {
    private static final Path MONITORING = Path.of("docs", "deployment");
    private static final Path ALERTS = MONITORING.resolve("prometheus/clicknback.rules.yml");
    private static final Path ALERT_CASES = Path.of("src/test/resources/monitoring/clicknback.rules.test.yml");
    private static final Path DASHBOARD = MONITORING.resolve("grafana/clicknback.json");

    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z][a-z0-9_]*)(?:\\{(.*)})? [^ ]+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~|!~|!=|=)\"");
    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z]+_[a-z0-9_]+|up)\\b(?:\\{([^}]*)})?(?! *\\()");
    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    /** Labels that Prometheus itself gives to what it scrapes. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance");

    private final TestService service;
    private final Scenario given;
    private final Map<String, Set<String>> labelsOfSeries = new TreeMap<>(Map.of("up", Set.of()));

    MonitoringTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    /** Reads what a service measures, once everything that makes a series has happened. */
    @BeforeEach
    void measure() throws IOException, InterruptedException {
        Session user = given.user();
        Partner partner = given.partner();
        given.report(partner, given.purchase(user.userId(), given.merchant(), "10.00"))
                .expect(201);
        service.awaitCredits();
        learn(HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(service.managementUrl() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body());

        Metrics rare = new Metrics();
        rare.partnerRejection(UUID.randomUUID(), "USER_NOT_FOUND");
        rare.partnerEventRefused(UUID.randomUUID(), "USER_NOT_FOUND");
        rare.partnerEventExpired(UUID.randomUUID());
        rare.signatureRefused(UUID.randomUUID(), Outcome.FAILED);
        rare.login(Outcome.FAILED);
        rare.clicks().followed("failed");
        learn(rare.scrape());
    }

    private enum Outcome {
        FAILED
    }

    private void learn(String scraped) {
        for (MatchResult series : SERIES.matcher(scraped).results().toList()) {
            Set<String> labels = labelsOfSeries.computeIfAbsent(series.group(1), name -> new HashSet<>());
            if (series.group(2) != null) {
                LABEL.matcher(series.group(2)).results().forEach(label -> labels.add(label.group(1)));
            }
        }
    }

    private static List<JsonNode> alerts() throws IOException {
        JsonNode groups = new YAMLMapper().readTree(ALERTS.toFile()).get("groups");
        return StreamSupport.stream(groups.spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.get("rules").spliterator(), false))
                .toList();
    }

    private static List<String> expressions(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        if (file.equals(ALERTS)) {
            alerts().forEach(alert -> found.add(alert.get("expr").asText()));
        } else {
            new ObjectMapper().readTree(DASHBOARD.toFile()).findValues("expr").forEach(e -> found.add(e.asText()));
        }
        assertThat(found).as("expressions of " + file).hasSizeGreaterThan(20);
        return found;
    }

    private static List<Path> monitors() {
        return List.of(ALERTS, DASHBOARD);
    }

    @Test
    void readOnlySeriesAndLabelsThatAServiceServes() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (Path file : monitors()) {
            for (String expression : expressions(file)) {
                unknown.addAll(unknown(expression));
            }
        }

        assertThat(unknown).isEmpty();
    }

    private List<String> unknown(String expression) {
        List<String> unknown = new ArrayList<>();
        Set<String> labels = new HashSet<>(OF_PROMETHEUS);
        String selecting = GROUPING.matcher(expression).replaceAll("");
        for (MatchResult selector : SELECTOR.matcher(selecting).results().toList()) {
            String name = selector.group(1);
            if (isFunction(name)) {
                continue;
            }
            Set<String> served = labelsOfSeries.get(name);
            if (served == null) {
                unknown.add(name + " in " + expression);
                continue;
            }
            labels.addAll(served);
            if (selector.group(2) != null) {
                LABEL.matcher(selector.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .filter(label -> !served.contains(label) && !OF_PROMETHEUS.contains(label))
                        .forEach(label -> unknown.add(name + "{" + label + "} in " + expression));
            }
        }
        GROUPING.matcher(expression)
                .results()
                .flatMap(grouping -> List.of(grouping.group(1).split(", *")).stream())
                .filter(label -> !labels.contains(label))
                .forEach(label -> unknown.add("by (" + label + ") in " + expression));
        return unknown;
    }

    private static boolean isFunction(String name) {
        return Set.of("histogram_quantile", "max_over_time", "min_over_time", "ingestPurchaseWebhook")
                .contains(name);
    }

    /** A test of the test above. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "clicknback_purchase_accepted_total > 0",
                "sum by (job) (rate(clicknback_purchases_accepted[5m]))",
                "clicknback_logins_total{result=\"failed\"}",
                "sum by (merchant) (rate(clicknback_partner_verdicts_total[5m]))"
            })
    void wouldFindANameThatIsNotServed(String expression) {
        assertThat(unknown(expression)).hasSize(1);
    }

    @Test
    void showOrWatchEveryMetricOfTheDomains() throws IOException {
        Set<String> watched = new HashSet<>();
        for (Path file : monitors()) {
            for (String expression : expressions(file)) {
                SELECTOR.matcher(expression).results().forEach(selector -> watched.add(selector.group(1)));
            }
        }
        Set<String> measured = labelsOfSeries.keySet().stream()
                .filter(name -> name.startsWith("clicknback_") && !name.matches(".*_(bucket|created)"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(watched).containsAll(measured);
    }

    @Test
    void everyAlertHasItsParagraphInTheRunbook() throws IOException {
        Set<String> paragraphs = Pattern.compile("(?m)^### (Clicknback\\w+)$")
                .matcher(Files.readString(Path.of("docs", "operations.md")))
                .results()
                .map(heading -> heading.group(1))
                .collect(Collectors.toSet());

        assertThat(alerts())
                .allSatisfy(alert -> assertThat(alert.at("/annotations/runbook").asText())
                        .isEqualTo("docs/operations.md#"
                                + alert.get("alert").asText().toLowerCase(Locale.ROOT)))
                .allSatisfy(alert ->
                        assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning"));
        assertThat(alerts().stream().map(alert -> alert.get("alert").asText()))
                .containsExactlyInAnyOrderElementsOf(paragraphs);
    }

    @Test
    void everyAlertHasACaseInWhichItFires() throws IOException {
        Set<String> firing = StreamSupport.stream(
                        new YAMLMapper()
                                .readTree(ALERT_CASES.toFile())
                                .get("tests")
                                .spliterator(),
                        false)
                .flatMap(
                        test -> StreamSupport.stream(test.get("alert_rule_test").spliterator(), false))
                .filter(expected -> !expected.get("exp_alerts").isEmpty())
                .map(expected -> expected.get("alertname").asText())
                .collect(Collectors.toSet());

        assertThat(alerts().stream().map(alert -> alert.get("alert").asText()))
                .containsExactlyInAnyOrderElementsOf(firing);
    }

    @Test
    void prometheusAcceptsTheConfigurationAndTheAlertsFireWhenTheyShould() throws Exception {
        Debian.requireCommand("promtool", "prometheus");

        promtool(
                "check",
                "config",
                MONITORING.resolve("prometheus/prometheus.yml").toString());
        promtool("test", "rules", ALERT_CASES.toString());
    }

    /** The variables stand for what Grafana puts in their place. */
    @Test
    void prometheusUnderstandsWhatTheDashboardAsks() throws Exception {
        Debian.requireCommand("promtool", "prometheus");
        List<Map<String, String>> rules = expressions(DASHBOARD).stream()
                .map(expression -> expression.replace("$__rate_interval", "1m").replace("$job", "clicknback"))
                .map(expression -> Map.of("record", "asked", "expr", expression.replace("$instance", ".*")))
                .distinct()
                .toList();
        assertThat(rules).noneMatch(rule -> rule.get("expr").contains("$"));
        Path file = Files.createTempFile(Path.of("target"), "dashboard-", ".rules.yml");
        new YAMLMapper()
                .writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "dashboard", "rules", rules))));

        promtool("check", "rules", file.toString());
    }

    private static void promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void theDashboardGivesEachPanelAPlaceOfItsOwn() throws IOException {
        JsonNode panels = new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels");
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        for (JsonNode panel : panels) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as(panel.get("title").asText())
                    .isTrue();
            JsonObject place = new JsonObject(panel.get("gridPos").toString());
            assertThat(place.getInteger("x") + place.getInteger("w")).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.getInteger("w"); x++) {
                assertThat(places.add((place.getInteger("x") + x) + "," + place.getInteger("y")))
                        .as(panel.get("title").asText())
                        .isTrue();
            }
        }
    }
}
