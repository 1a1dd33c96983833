package com.clicknback.platform.contract;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.List;

/** The browsable API description: a packaged Swagger UI over /openapi.yaml. */
public final class Docs {
    private static final String WEBJAR = "META-INF/resources/webjars/swagger-ui/" + version();
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
    private static final List<String> FILES =
            List.of("/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js", "/docs/favicon-32x32.png");

    private Docs() {}

    public static void mount(Router router) {
        reading(router, "/docs/*").handler(context -> {
            context.response().putHeader("Content-Security-Policy", POLICY).putHeader("Referrer-Policy", "no-referrer");
            context.next();
        });
        List.of("/docs", "/docs/index.html")
                .forEach(path -> reading(router, path).handler(text("text/html", PAGE)));
        reading(router, "/docs/start.js").handler(text("text/javascript", START));
        // Of a range beyond the file it would make a defect of the service.
        StaticHandler packaged =
                StaticHandler.create(WEBJAR).setDirectoryListing(false).setEnableRangeSupport(false);
        reading(router, "/docs/*").handler(context -> {
            if (FILES.contains(context.normalizedPath())) {
                packaged.handle(context);
            } else {
                context.next();
            }
        });
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private static Handler<RoutingContext> text(String type, String text) {
        return context -> context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type + "; charset=utf-8")
                .end(text);
    }

    /** The webjar keeps its files under its version, which its Maven metadata tell. */
    private static String version() {
        return Versions.ofArtifact("org.webjars", "swagger-ui");
    }
}
