package com.clicknback.config;

import com.clicknback.platform.errors.FileFaults;
import com.clicknback.platform.ops.Unhandled;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads {@link Settings}: {@code conf/default.yaml}, overridden by {@code conf/local.yaml}, overridden by the
 * environment.
 */
public final class Configuration {
    private static final String MASK = "***";
    private static final String DEFAULTS = "conf/default.yaml";
    private static final long NEVER = -1;
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final YAMLFactory EACH_NAME_ONCE = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final Path LOCAL = Path.of("conf", "local.yaml");

    private Configuration() {}

    /** A small Vert.x for a command; throws ConfigurationException when it has nowhere to put its copies of files. */
    public static Vertx vertx() {
        try {
            // A busy machine may keep it from the processor for seconds, before anybody has said how to log that.
            return Unhandled.watch(Vertx.vertx(new VertxOptions()
                    .setEventLoopPoolSize(1)
                    .setBlockedThreadCheckInterval(1)
                    .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)));
        } catch (RuntimeException e) {
            throw FileFaults.ofCause(e).isPresent() ? notUnpacked(e) : e;
        }
    }

    /** Reads the files of the working directory and the environment; fails with ConfigurationException. */
    public static Future<Settings> read(Vertx vertx) {
        return read(vertx, LOCAL);
    }

    /**
     * Describes all settings as they are in force, a line each, with secrets masked; fails with ConfigurationException.
     */
    public static Future<List<String>> describe(Vertx vertx) {
        return tree(vertx, LOCAL).map(Configuration::describe);
    }

    /** The lines of those settings that differ from their defaults; fails with ConfigurationException. */
    public static Future<List<String>> describeChanged(Vertx vertx) {
        return ConfigRetriever.create(vertx, defaults())
                .getConfig()
                .map(Configuration::describe)
                .compose(defaults -> describe(vertx)
                        .map(lines -> lines.stream()
                                .filter(line -> !defaults.contains(line))
                                .toList()));
    }

    static List<String> describe(JsonObject tree) {
        of(tree);
        Map<Setting, String> texts = new Sources(tree, new Problems()).texts();
        return Setting.ALL.stream()
                .map(setting -> setting.path() + ": " + shown(setting, texts.getOrDefault(setting, "")))
                .map(String::strip)
                .toList();
    }

    private static String shown(Setting setting, String text) {
        if (!setting.secret() || text.isEmpty()) {
            return text;
        }
        boolean url = setting.component().getType() == DatabaseUrl.class;
        return url ? DatabaseUrl.parse(text).toString() : MASK;
    }

    static Future<Settings> read(Vertx vertx, Path local) {
        return tree(vertx, local).map(Configuration::of);
    }

    /** Read once: a slow start would be in the middle of the next look when its event loop ends. */
    private static ConfigRetrieverOptions defaults() {
        return new ConfigRetrieverOptions().setScanPeriod(NEVER).addStore(yaml(DEFAULTS));
    }

    private static Future<JsonObject> tree(Vertx vertx, Path local) {
        ConfigRetrieverOptions sources = defaults();
        if (saysSomething(local)) {
            sources.addStore(yaml(local.toString()));
        }
        sources.addStore(environment());
        return ConfigRetriever.create(vertx, sources)
                .getConfig()
                .recover(failure -> Future.failedFuture(unreadable(failure)));
    }

    static ConfigurationException unreadable(Throwable failure) {
        return failure instanceof VertxException ? notUnpacked(failure) : notYaml(failure);
    }

    /** The packaged files are read from copies in the folder for temporary files. */
    private static ConfigurationException notUnpacked(Throwable failure) {
        String reason = FileFaults.ofCause(failure).orElse(failure.getMessage());
        return new ConfigurationException(List.of("the folder for temporary files (" + System.getProperty(TEMPORARY)
                + ") cannot be written: " + reason + "; java -D" + TEMPORARY + "=FOLDER names another"));
    }

    /** The YAML reader has no answer to a file of nothing but comments. */
    private static boolean saysSomething(Path local) {
        // One that nobody may read, or a link that leads nowhere, is there: it is not to be ignored.
        if (Files.notExists(local, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            String text = Files.readString(local);
            requireNamesOnce(text);
            return text.lines().map(String::strip).anyMatch(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException e) {
            throw notYaml(e);
        }
    }

    /** Of a section that stands twice, the YAML reader would drop the first one. */
    private static void requireNamesOnce(String text) throws IOException {
        try (JsonParser parser = EACH_NAME_ONCE.createParser(text)) {
            while (parser.nextToken() != null) {
                // Fails at the second one.
            }
        }
    }

    private static ConfigurationException notYaml(Throwable failure) {
        String reason = FileFaults.ofCause(failure)
                .orElse(String.valueOf(failure.getMessage()).lines().findFirst().orElse("unknown"));
        return new ConfigurationException(List.of(LOCAL + " cannot be read as settings in YAML: " + reason));
    }

    /** Reads a tree of settings with variables of the environment beside them; throws ConfigurationException. */
    public static Settings of(JsonObject tree) {
        Problems problems = new Problems();
        Settings settings = new Binder(new Sources(tree, problems).texts(), problems).bind();
        problems.requireNone();
        return settings;
    }

    /** The environment variable that sets a path. */
    public static String variable(String path) {
        return Setting.variable(path);
    }

    /** This service's variables only: others, such as {@code http_proxy}, would read as settings of the files. */
    private static ConfigStoreOptions environment() {
        JsonArray ours = new JsonArray();
        System.getenv().keySet().stream()
                .filter(name -> name.startsWith(Setting.VARIABLE_PREFIX))
                .forEach(ours::add);
        return new ConfigStoreOptions()
                .setType("env")
                .setConfig(new JsonObject().put("raw-data", true).put("keys", ours));
    }

    private static ConfigStoreOptions yaml(String path) {
        return new ConfigStoreOptions().setType("file").setFormat("yaml").setConfig(new JsonObject().put("path", path));
    }
}
