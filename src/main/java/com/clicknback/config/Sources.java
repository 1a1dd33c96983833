package com.clicknback.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of all settings that are set: from a variable, from the file that a variable names, or from the YAML files.
 * Names that no setting has are problems.
 */
final class Sources {
    private static final String LOCAL = "conf/local.yaml";

    /** Variables that Kubernetes and Docker set beside a network service whose name starts like the prefix. */
    private static final Pattern OF_NETWORK_SERVICES =
            Pattern.compile("(\\w+_)?(SERVICE_(HOST|PORT)(_\\w+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_\\w+)?)");

    private static final Pattern NETWORK_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private static final List<String> PATHS =
            Setting.ALL.stream().map(Setting::path).toList();
    private static final List<String> VARIABLES =
            Setting.ALL.stream().flatMap(Setting::variables).toList();

    private final JsonObject tree;
    private final Problems problems;

    /**
     * @param tree nested settings, and beside them the variables of the environment
     */
    Sources(JsonObject tree, Problems problems) {
        this.tree = tree;
        this.problems = problems;
    }

    Map<Setting, String> texts() {
        findUnknown("", tree);
        Map<Setting, String> texts = new LinkedHashMap<>();
        for (Setting setting : Setting.ALL) {
            text(setting).ifPresent(text -> texts.put(setting, text));
        }
        return texts;
    }

    private Optional<String> text(Setting setting) {
        Optional<String> direct = variable(setting.variable());
        Optional<String> file = setting.secret() ? variable(setting.fileVariable()) : Optional.empty();
        if (file.isEmpty()) {
            return direct.or(() -> inFiles(setting));
        }
        if (direct.isPresent()) {
            problems.add(setting, "is set twice: " + setting.fileVariable() + " is set, too");
        }
        return inSecretFile(setting, file.get());
    }

    private Optional<String> variable(String name) {
        return stripped(tree.getValue(name));
    }

    private Optional<String> inFiles(Setting setting) {
        Object at = tree;
        for (String member : setting.path().split("\\.")) {
            at = at instanceof JsonObject section ? section.getValue(member) : null;
        }
        if (at instanceof JsonObject) {
            problems.add(setting, "must be a single value");
            return Optional.empty();
        }
        return stripped(
                at instanceof JsonArray values
                        ? values.stream().map(String::valueOf).collect(Collectors.joining(","))
                        : at);
    }

    private static Optional<String> stripped(@Nullable Object value) {
        return Optional.ofNullable(value)
                .map(Object::toString)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private Optional<String> inSecretFile(Setting setting, String path) {
        try {
            return Optional.of(SecretFile.read(path));
        } catch (IOException e) {
            problems.add(
                    setting,
                    "cannot be read from %s, which %s names: %s"
                            .formatted(path, setting.fileVariable(), e.getMessage()));
            return Optional.empty();
        }
    }

    private void findUnknown(String prefix, JsonObject section) {
        for (Map.Entry<String, Object> member : section) {
            String path = prefix + member.getKey();
            if (prefix.isEmpty() && path.startsWith(Setting.VARIABLE_PREFIX)) {
                requireKnownVariable(path, String.valueOf(member.getValue()));
            } else if (!PATHS.contains(path)) {
                requireSection(path, member.getValue());
            }
        }
    }

    private void requireKnownVariable(String name, String value) {
        String rest = name.substring(Setting.VARIABLE_PREFIX.length());
        boolean ofNetworkService = OF_NETWORK_SERVICES.matcher(rest).matches()
                || rest.endsWith("PORT") && NETWORK_ADDRESS.matcher(value).matches();
        if (!VARIABLES.contains(name) && !ofNetworkService) {
            problems.add(name + unknown(Nearest.to(name, VARIABLES)));
        }
    }

    private void requireSection(String path, @Nullable Object value) {
        List<Setting> inside =
                Setting.ALL.stream().filter(setting -> setting.inside(path)).toList();
        if (value instanceof JsonObject nested && !(inside.isEmpty() && nested.isEmpty())) {
            findUnknown(path + ".", nested);
        } else if (inside.isEmpty()) {
            problems.add(path + " in " + LOCAL + unknown(Nearest.to(path, PATHS)));
        } else {
            problems.add(path + " in " + LOCAL + " must be a section of settings, not a value", inside);
        }
    }

    private static String unknown(String nearest) {
        return " is no setting of this service; the nearest is " + nearest;
    }
}
