package com.clicknback.platform.contract;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.StaticHandler;

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
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:";

    private Docs() {}

    public static void mount(Router router) {
        router.get("/docs")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                        .putHeader("Content-Security-Policy", POLICY)
                        .end(PAGE));
        router.get("/docs/start.js")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript; charset=utf-8")
                        .end(START));
        router.get("/docs/*")
                .handler(StaticHandler.create(WEBJAR).setIndexPage("none").setDirectoryListing(false));
    }

    /** The webjar keeps its files under its version, which its Maven metadata tell. */
    private static String version() {
        return Versions.ofArtifact("org.webjars", "swagger-ui");
    }
}
