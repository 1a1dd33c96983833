package com.clicknback.config;

import static java.util.Objects.requireNonNull;

import com.clicknback.money.Money;
import com.clicknback.platform.address.Host;
import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.http.HttpSettings;
import com.clicknback.platform.intake.BodyBudget;
import com.clicknback.platform.tls.Tls;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.jspecify.annotations.Nullable;

/** Reads texts into {@link Settings}: types first, then constraints, then what settings ask of each other. */
final class Binder {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(TextTypes.module())
            .build();

    private static final Validator CONSTRAINTS = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private static final Pattern INDEX = Pattern.compile("/[0-9]+$");

    private static final String OPEN = "demo_open_to_network to true if everybody may come in";
    private static final String WAYS_OUT = "set it to 127.0.0.1, seed_demo to false, or " + OPEN;

    private final Map<Setting, String> texts;
    private final Problems problems;

    Binder(Map<Setting, String> texts, Problems problems) {
        this.texts = texts;
        this.problems = problems;
    }

    /** The settings, of which some are missing or wrong when there are problems. */
    Settings bind() {
        List<Setting> missing = Setting.ALL.stream()
                .filter(setting -> setting.required() && !texts.containsKey(setting))
                .toList();
        missing.forEach(setting -> problems.add(setting, "is required: " + setting.expectation()));
        Settings settings = read();
        CONSTRAINTS.validate(settings).stream()
                .flatMap(found -> Setting.ofProperty(found.getPropertyPath().toString()).stream())
                .forEach(this::refuse);
        if (missing.isEmpty()) {
            requireTogether(settings);
        }
        return settings;
    }

    private Settings read() {
        List<JsonPointer> refused = new ArrayList<>();
        try {
            Settings settings = JSON.readerFor(Settings.class)
                    .withAttribute(TextTypes.REFUSED, refused)
                    .readValue(tree());
            refused.forEach(place -> refuse(setting(place)));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nested as the records are; every section is there, and a list that is not set is empty. */
    private ObjectNode tree() {
        ObjectNode tree = JSON.createObjectNode();
        for (Setting setting : Setting.ALL) {
            int dot = setting.path().lastIndexOf('.');
            ObjectNode section =
                    dot < 0 ? tree : tree.withObjectProperty(setting.path().substring(0, dot));
            String member = setting.path().substring(dot + 1);
            String text = texts.get(setting);
            if (setting.list()) {
                ArrayNode values = section.putArray(member);
                Stream.ofNullable(text)
                        .flatMap(list -> Arrays.stream(list.split(",")))
                        .map(String::strip)
                        .filter(value -> !value.isEmpty())
                        .forEach(values::add);
            } else if (text != null) {
                section.put(member, text);
            }
        }
        return tree;
    }

    private static Setting setting(JsonPointer place) {
        String path =
                INDEX.matcher(place.toString()).replaceAll("").substring(1).replace('/', '.');
        return Setting.at(path).orElseThrow();
    }

    private void refuse(Setting setting) {
        String text = texts.get(setting);
        if (text != null) {
            problems.add(
                    setting,
                    "must be " + setting.expectation()
                            + (setting.secret() ? "" : ", not '" + withoutPassword(text) + "'"));
        }
    }

    private void requireTogether(Settings settings) {
        if (settings.demoTraffic() > 0 && !settings.seedsDemo()) {
            add("demo_traffic", "needs the demo data: set seed_demo to true, or this to 0");
        }
        requireDemoOnLoopback(settings);
        requireCluster(settings.cluster());
        requireOwnPorts(settings);
        requireRoomForABody(settings.http());
        requireTimeForAnswers(settings);
        if (isAbove(settings.payout().minimumAmount(), settings.payout().maximum30Days())) {
            add("payout.minimum_amount", "is above payout.maximum_30_days: no payout would ever be granted");
        }
        requirePlainName("database.user", settings.database().user());
        requirePlainName("database.owner_user", settings.database().ownerUser());
        DatabaseUrl url = settings.database().url();
        if (url == null) {
            return;
        }
        requirePlainName("database.url", url.user());
        if (settings.database().ownerUser() == null && settings.database().ownerPassword() != null) {
            add("database.owner_password", "needs database.owner_user");
        }
        if (url.isForReading()) {
            add("database.url", "has a target_session_attrs that is neither read-write nor primary");
        }
        try {
            url.tls();
        } catch (Tls.RefusedException refused) {
            add("database.url", requireNonNull(refused.getMessage()));
        }
        requireWithUrl("database.user", settings.database().user() == null && url.user() == null);
        requireWithUrl("jwt.secret", settings.jwt().secret() == null);
        requireWithUrl("encryption.key", settings.encryption().key() == null);
        requireWithUrl("receipt.key", settings.receipt().key() == null);
    }

    private void requireDemoOnLoopback(Settings settings) {
        if (!settings.requiresClosedDemo()) {
            return;
        }
        if (settings.seedsDemo()) {
            String path = Host.isLoopback(settings.httpHost()) ? "management.host" : "http.host";
            add(path, "lets the network in to demo data with published passwords: " + WAYS_OUT);
        }
        PublishedSecrets.in(settings).forEach(path -> add(path, "is published: set your own, or " + OPEN));
    }

    private void requireCluster(Settings.Cluster cluster) {
        if (!cluster.enabled()) {
            return;
        }
        boolean namesService =
                texts.containsKey(Setting.at("cluster.kubernetes_service").orElseThrow());
        if (cluster.members().isEmpty() && !namesService) {
            add("cluster.members", "is required with cluster.enabled, unless cluster.kubernetes_service is set");
        }
        if (!cluster.members().isEmpty() && cluster.kubernetesService() != null) {
            add("cluster.kubernetes_service", "is another way to find the nodes: leave it or cluster.members empty");
        }
    }

    /** Two servers of one process on one port would share it, and each would get requests for the other. */
    private void requireOwnPorts(Settings settings) {
        Listener http =
                new Listener("http.port", settings.httpHost(), settings.http().port());
        Listener management = new Listener(
                "management.port",
                settings.management().host(),
                settings.management().port());
        Settings.Cluster nodes = settings.cluster();
        Listener cluster = new Listener("cluster.port", nodes.host(), nodes.enabled() ? nodes.port() : 0);
        requireApart(management, http);
        requireApart(cluster, http);
        requireApart(cluster, management);
    }

    private record Listener(String path, String host, int port) {}

    private void requireApart(Listener one, Listener other) {
        if (one.port == other.port
                && one.port != 0
                && (one.host.equals(other.host) || Host.isAnyAddress(one.host) || Host.isAnyAddress(other.host))) {
            add(one.path, "is the same as " + other.path + " (" + one.port + "): each needs a port of its own");
        }
    }

    /** A body that its client may never send would be answered "later" for good. */
    private void requireRoomForABody(HttpSettings.Server http) {
        long needed = (long) http.bodyBytesMax() * BodyBudget.SHARES;
        if (http.bodyBudgetBytes() < needed) {
            add(
                    "http.body_budget_bytes",
                    "must be at least %s: one client address has at most a quarter of it, and a body may have %s bytes"
                                    .formatted(needed, http.bodyBytesMax())
                            + " (http.body_bytes_max)");
        }
    }

    /** A connection that is silent while its request waits for the database would be closed before the answer. */
    private void requireTimeForAnswers(Settings settings) {
        long answerMs = DatabaseSettings.patienceMs(settings.database().statementTimeoutMs());
        if (TimeUnit.SECONDS.toMillis(settings.http().idleTimeoutSeconds()) <= answerMs) {
            add(
                    "http.idle_timeout_seconds",
                    "must be above %s: so long may an answer take (database.statement_timeout_ms)"
                            .formatted(TimeUnit.MILLISECONDS.toSeconds(answerMs)));
        }
    }

    /** Null for what was refused before. */
    private static boolean isAbove(@Nullable Money amount, @Nullable Money other) {
        return amount != null && other != null && amount.compareTo(other) > 0;
    }

    /** The library that migrates puts the name between apostrophes as it is. */
    private void requirePlainName(String path, @Nullable String role) {
        if (role != null && role.contains("'")) {
            add(path, "names a role with an apostrophe, under which no schema can be read: name another role");
        }
    }

    private void requireWithUrl(String path, boolean missing) {
        if (missing) {
            add(path, "is required with a database URL");
        }
    }

    private void add(String path, String predicate) {
        problems.add(Setting.at(path).orElseThrow(), predicate);
    }

    /** Without user and password of a URL, where none belong and whoever reads the log would see them. */
    private static String withoutPassword(String text) {
        return text.replaceFirst("//[^/]*@", "//***@");
    }
}
