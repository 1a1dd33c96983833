package com.clicknback.platform.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.clicknback.platform.json.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Serves {@code /console} for administrators and {@code /app} for shoppers: one page at every path below them, whose
 * script reads the path. Files stand below a digest of all of them, so that browsers keep them for good. Serves
 * {@code /docs}, too.
 */
public final class Pages {
    private static final String FILES = "/assets/";
    private static final String PAGE_FILE = "page.html";
    private static final String KEEP = "public, max-age=31536000, immutable";

    private final Assets assets;
    private final Docs docs;
    private final Asset page;
    private final String policy;

    private Pages(Assets assets, Docs docs) {
        this.assets = assets;
        this.docs = docs;
        String imports = importMap(assets);
        Asset template = assets.files().get(PAGE_FILE);
        if (template == null) {
            throw new IllegalStateException("not packaged: " + PAGE_FILE);
        }
        this.page = Asset.of(
                PAGE_FILE,
                template.plain()
                        .toString()
                        .replace("{assets}", FILES + assets.digest())
                        .replace("{imports}", imports)
                        .replace("{preloads}", preloads(assets))
                        .getBytes(UTF_8));
        this.policy = "default-src 'self'; script-src 'self' 'sha256-" + sha256(imports)
                + "'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    /** Reads the packaged files; blocking, once for all event loops. */
    public static Pages load() {
        return new Pages(Assets.load(), Docs.load());
    }

    public void mount(Router router) {
        docs.mount(router);
        for (String face : new String[] {"/console", "/app"}) {
            reading(router, face).handler(this::sendPage);
            reading(router, face + "/*").handler(this::sendPage);
        }
        reading(router, FILES + "*").handler(this::sendFile);
    }

    /** A route for HEAD as well: monitors and previews of links ask that way. */
    static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void sendPage(RoutingContext context) {
        context.response()
                .putHeader("Content-Security-Policy", policy)
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        send(context, page);
    }

    /** Another digest is that of another version, of whose page this request comes: the file of this one has to do. */
    private void sendFile(RoutingContext context) {
        String path = context.normalizedPath().substring(FILES.length());
        int slash = path.indexOf('/');
        Asset file = slash < 0 ? null : assets.find(path.substring(slash + 1));
        if (file == null || path.endsWith(".html")) {
            context.next();
            return;
        }
        if (path.startsWith(assets.digest())) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, KEEP);
        }
        send(context, file);
    }

    static void send(RoutingContext context, Asset file) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, file.contentType())
                .putHeader(HttpHeaders.VARY, "Origin, Accept-Encoding");
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        Buffer body = file.plain();
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
            body = file.compressed();
        }
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()))
                    .end();
        } else {
            response.end(body);
        }
    }

    private static String importMap(Assets assets) {
        Map<String, String> places = new TreeMap<>();
        assets.libraries().forEach((name, file) -> places.put(name, FILES + assets.digest() + "/" + file));
        return Wire.encode(Map.of("imports", places)).toString();
    }

    /** Without them a browser would find modules one import after another, each a round trip later. */
    private static String preloads(Assets assets) {
        return assets.files().keySet().stream()
                .filter(file -> file.endsWith(".js"))
                .map(file -> "<link rel=\"modulepreload\" href=\"" + FILES + assets.digest() + "/" + file + "\">")
                .collect(Collectors.joining("\n"));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
