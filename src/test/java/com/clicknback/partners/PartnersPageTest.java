package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Debian;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The senders on the page for partners, run as they stand there against a service that is away at first. */
class PartnersPageTest {
    private static final long END_S_MAX = 60;
    private static final int UNAVAILABLE = 503;
    private static final List<String> FORWARDED =
            List.of("content-type", "webhook-id", "webhook-timestamp", "webhook-signature");

    private static final AtomicInteger REQUESTS = new AtomicInteger();

    private static TestService service;
    private static Scenario given;
    private static Partner partner;
    private static HttpServer front;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        service = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock());
        given = new Scenario(service);
        partner = given.partner();
        front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", PartnersPageTest::answer);
        front.start();
    }

    @AfterAll
    static void close() {
        front.stop(0);
        service.close();
    }

    /** Refuses each first attempt, and lets the service answer the second. */
    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer = new byte[0];
        int status = UNAVAILABLE;
        if (REQUESTS.incrementAndGet() == 1) {
            exchange.getResponseHeaders().set("Retry-After", "0");
        } else {
            HttpResponse<byte[]> answered = forward(exchange, body);
            status = answered.statusCode();
            answer = answered.body();
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(service.url() + exchange.getRequestURI().getPath()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        FORWARDED.forEach(
                name -> request.header(name, exchange.getRequestHeaders().getFirst(name)));
        try {
            return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String snippet(String language) throws IOException {
        Matcher fence = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
                .matcher(Files.readString(Path.of("docs", "partners.md")));
        assertThat(fence.find()).as("a snippet in %s", language).isTrue();
        return fence.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        "bash, bash, bash, send.sh",
        "js, node, nodejs, send.mjs",
        "python, python3, python3, send.py",
        "java, java, default-jre, Send.java",
        "php, php, php-cli, send.php"
    })
    void deliversAPurchaseInSpiteOfAFirst503(String language, String program, String debianPackage, String file)
            throws Exception {
        Debian.requireCommand(program, debianPackage);
        Files.writeString(folder.resolve(file), snippet(language));
        JsonObject purchase = given.purchase(given.user().userId(), given.merchant(), "100.00");
        // Letters of two bytes, and the end of line that an editor leaves.
        purchase.put("external_id", purchase.getString("external_id") + "-größer");
        JsonObject event = JsonObject.of(
                "type",
                "purchase.created",
                "timestamp",
                service.clock().instant().toString(),
                "data",
                purchase);
        Files.writeString(folder.resolve("event.json"), event.encodePrettily() + "\n");

        assertThat(run(program, file)).startsWith("201 ").contains(purchase.getString("external_id"));
        assertThat(REQUESTS).hasValue(2);
        assertThat(run(program, file)).startsWith("200 ").contains("\"duplicate\":true");
    }

    private String run(String program, String file) throws IOException, InterruptedException {
        REQUESTS.set(0);
        Path output = folder.resolve("output.txt");
        ProcessBuilder command = new ProcessBuilder(program, file, "event.json")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        command.environment()
                .putAll(Map.of(
                        "WEBHOOK_URL",
                        "http://localhost:" + front.getAddress().getPort() + "/api/v1" + partner.purchasesPath(),
                        "WEBHOOK_SECRET",
                        partner.secret()));
        // Java tells on its output that it has found this one.
        command.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = command.start();
        boolean ended = process.waitFor(END_S_MAX, TimeUnit.SECONDS);
        process.destroyForcibly();
        String shown = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(ended).as(shown).isTrue();
        assertThat(process.exitValue()).as(shown).isZero();
        return shown;
    }
}
