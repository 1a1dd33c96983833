package com.clicknback.platform.contract;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;

/** The OpenAPI description that the edge is bound to and serves. */
public final class Contract {
    /** The media type of the description. */
    public static final String YAML = "application/yaml";

    /** The media type of streams of events. */
    public static final String EVENTS = "text/event-stream";

    private static final String FILE = "openapi.yaml";

    private final List<DescribedOperation> operations;
    private final ExampleDates yaml;
    private final ExampleDates json;

    /**
     * @param loaded not kept
     * @param json made of the file and not of the loaded contract, whose references are resolved many times over
     */
    private Contract(OpenAPIContract loaded, Buffer yaml, String json) {
        this.operations =
                loaded.operations().stream().map(DescribedOperation::of).toList();
        this.yaml = new ExampleDates(yaml.toString(), '\'');
        this.json = new ExampleDates(json, '"');
    }

    private static String toJson(Buffer yaml) {
        try {
            return new YAMLMapper().readTree(yaml.getBytes()).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads the packaged description; once for all event loops. */
    public static Future<Contract> load(Vertx vertx) {
        return vertx.fileSystem()
                .readFile(FILE)
                .compose(yaml -> vertx.executeBlocking(() -> toJson(yaml))
                        .compose(json -> parse(vertx, json).map(loaded -> new Contract(loaded, yaml, json))));
    }

    /** The loader refuses a server at "/" and every media type that it cannot validate, so it gets to see neither. */
    private static Future<OpenAPIContract> parse(Vertx vertx, String json) {
        String plain = '"' + MediaType.TEXT_PLAIN + '"';
        JsonObject description =
                new JsonObject(json.replace('"' + YAML + '"', plain).replace('"' + EVENTS + '"', plain));
        description.remove("servers");
        return OpenAPIContract.from(vertx, description);
    }

    /** The packaged description as the loader takes it, in which YAML and events are plain text. */
    public static Future<OpenAPIContract> parse(Vertx vertx) {
        return vertx.fileSystem().readFile(FILE).compose(yaml -> parse(vertx, toJson(yaml)));
    }

    public List<DescribedOperation> operations() {
        return operations;
    }

    /** With examples that are valid on that day. */
    public Buffer asYaml(LocalDate today) {
        return yaml.on(today);
    }

    /** With examples that are valid on that day. */
    public Buffer asJson(LocalDate today) {
        return json.on(today);
    }
}
