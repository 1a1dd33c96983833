package com.clicknback.platform.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clicknback.platform.contract.Versions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The browsable API description: a packaged Swagger UI over /openapi.yaml. Its files are sent from memory. The server does
 * not see how much of a file a client has left unread, so that connections of such clients would count as served.
 */
final class Docs {
    private static final String FOLDER = "/docs/";
    private static final String PAGE = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
        <meta charset="utf-8">
        <title>ClicknBack API</title>
        <link rel="stylesheet" href="/docs/swagger-ui.css">
        <link rel="icon" href="/docs/favicon-32x32.png">
      </head>
      <body>
        <div id="swagger-ui"></div>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/start.js"></script>
      </body>
      </html>
      """;
    private static final String START =
            "SwaggerUIBundle({url: '/openapi.yaml', dom_id: '#swagger-ui', deepLinking: true});\n";

    /** Swagger UI sets styles by script, which a policy does not concern, and its style sheet has images in it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The packaged files that the page uses; the others, such as a page of its own, stay unknown. */
    private static final List<String> PACKAGED = List.of("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png");

    private static final String KEEP = "public, max-age=86400";

    private final Asset page = Asset.of("index.html", PAGE.getBytes(UTF_8));
    private final Asset start = Asset.of("start.js", START.getBytes(UTF_8));
    private final Map<String, Asset> packaged = new HashMap<>();

    private Docs() {
        PACKAGED.forEach(file -> packaged.put(FOLDER + file, Asset.of(file, read(file))));
    }

    /** Reads the packaged files; blocking, once for all event loops. */
    static Docs load() {
        return new Docs();
    }

    /** The webjar keeps its files under its version, which its Maven metadata tell. */
    private static byte[] read(String file) {
        String path = "/META-INF/resources/webjars/swagger-ui/" + Versions.ofArtifact("org.webjars", "swagger-ui") + "/"
                + file;
        try (InputStream in = Docs.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void mount(Router router) {
        Pages.reading(router, FOLDER + "*").handler(context -> {
            context.response().putHeader("Content-Security-Policy", POLICY).putHeader("Referrer-Policy", "no-referrer");
            context.next();
        });
        List.of("/docs", FOLDER + "index.html")
                .forEach(path -> Pages.reading(router, path).handler(context -> Pages.send(context, page)));
        Pages.reading(router, FOLDER + "start.js").handler(context -> Pages.send(context, start));
        Pages.reading(router, FOLDER + "*").handler(this::sendPackaged);
    }

    private void sendPackaged(RoutingContext context) {
        Asset file = packaged.get(context.normalizedPath());
        if (file == null) {
            context.next();
            return;
        }
        context.response().putHeader(HttpHeaders.CACHE_CONTROL, KEEP);
        Pages.send(context, file);
    }
}
