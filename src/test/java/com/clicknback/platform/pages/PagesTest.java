package com.clicknback.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a browser receives them. */
@ExtendWith(ServiceExtension.class)
class PagesTest {
    private static final Pattern FILE = Pattern.compile("\"(/assets/[^\"]+)\"");
    private static final int FIRST_LOAD_BYTES_MAX = 150 * 1024;

    private final String url;

    PagesTest(TestService service) {
        this.url = service.url();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/purchases/7d0f", "/app", "/app/activity"})
    void everyPathOfAFaceIsThePage(String path) throws Exception {
        HttpResponse<byte[]> page = get(path, "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(text(page)).contains("<div id=\"root\">").doesNotContain("{assets}", "{imports}", "{preloads}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/app/activity", "/assets/any/main.js"})
    void headIsAnsweredLikeGetWithoutTheBody(String path) throws Exception {
        HttpRequest head = HttpRequest.newBuilder(URI.create(url + path))
                .method("HEAD", BodyPublishers.noBody())
                .build();
        HttpResponse<byte[]> told = HttpClient.newHttpClient().send(head, BodyHandlers.ofByteArray());
        HttpResponse<byte[]> sent = get(path, "");

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.body()).isEmpty();
        assertThat(told.headers().firstValue("Content-Length")).contains(String.valueOf(sent.body().length));
        assertThat(told.headers().firstValue("Content-Security-Policy"))
                .isEqualTo(sent.headers().firstValue("Content-Security-Policy"));
    }

    @Test
    void thePolicyAllowsNothingUnsafe() throws Exception {
        String policy = get("/console", "")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();

        assertThat(policy)
                .contains(
                        "default-src 'self'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'; trusted-types 'none'")
                .doesNotContain("unsafe", "*");
    }

    @Test
    void theFirstLoadIsSmall() throws Exception {
        HttpResponse<byte[]> page = get("/console", "gzip");
        int bytes = page.body().length;
        for (String file : files(text(get("/console", "")))) {
            HttpResponse<byte[]> sent = get(file, "gzip, deflate");
            assertThat(sent.statusCode()).as(file).isEqualTo(200);
            bytes += sent.body().length;
        }

        assertThat(bytes).isLessThan(FIRST_LOAD_BYTES_MAX);
    }

    @Test
    void filesAreKeptForGoodUnderTheirDigestAndCompressedIfWanted() throws Exception {
        String script = files(text(get("/console", ""))).stream()
                .filter(file -> file.endsWith("/main.js"))
                .findFirst()
                .orElseThrow();

        HttpResponse<byte[]> plain = get(script, "");
        HttpResponse<byte[]> compressed = get(script, "gzip");

        assertThat(plain.headers().firstValue("Cache-Control")).contains("public, max-age=31536000, immutable");
        assertThat(compressed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(plain.headers().firstValue("Vary")).contains("Origin, Accept-Encoding");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.body());
    }

    @Test
    void thePageOfAnotherVersionGetsTheFilesThatAreThere() throws Exception {
        HttpResponse<byte[]> file = get("/assets/0000000000000000/main.js", "");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/x",
                "/assets/x/none.js",
                "/assets/x/page.html",
                "/assets/x/..%2fopenapi.yaml",
                "/consoles"
            })
    void nothingElseIsServed(String path) throws Exception {
        assertThat(get(path, "").statusCode()).isEqualTo(404);
    }

    private static List<String> files(String page) {
        return FILE.matcher(page)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> get(String path, String acceptEncoding) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (!acceptEncoding.isEmpty()) {
            request.header("Accept-Encoding", acceptEncoding);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
    }
}
