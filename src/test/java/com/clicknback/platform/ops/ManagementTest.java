package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.OwnPostgres;
import com.clicknback.testing.Partner;
import com.clicknback.testing.RawConnection;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics, on the ports they belong to. */
@ExtendWith(ServiceExtension.class)
class ManagementTest {
    private static final String END_SESSIONS = """
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """;

    private static final String SET_READ_ONLY = """
            DO $$ BEGIN
                EXECUTE format('ALTER DATABASE %%I SET default_transaction_read_only = %s', current_database());
            END $$
            """;

    private static final Path METRICS_SOURCES = Path.of("src", "main", "java", "com", "clicknback", "platform", "ops");
    private static final int POOL_SIZE = 12;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestService service;
    private final Scenario given;

    ManagementTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    private static HttpResponse<String> get(String url) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String metrics() {
        return metrics(service);
    }

    private static String metrics(TestService service) {
        HttpResponse<String> scraped = get(service.managementUrl() + "/metrics");
        assertThat(scraped.statusCode()).isEqualTo(200);
        assertThat(scraped.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        return scraped.body();
    }

    private double metric(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    @Test
    void staysWithHttp1ThoughAProbeOffersMore() {
        assertThat(HTTP.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(get(service.managementUrl() + "/health/live").version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    private String answerFor(String host) throws IOException {
        try (RawConnection connection = RawConnection.to(service.managementPort())) {
            connection.write("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            Reply reply = connection.read().orElseThrow();
            return reply.status() + " " + reply.text().lines().findFirst().orElse("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:9090", "127.0.0.1", "127.1.2.3:80", "[::1]:9090", "10.1.2.3"})
    void answersToItsOwnNamesAndToAddresses(String host) throws IOException {
        assertThat(answerFor(host)).startsWith("200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "localhost.evil.example:9090", "127.0.0.1.evil.example", "10.1.2", "0x7f.1"})
    void answersToNoNameThatAWebPageCouldHave(String host) throws IOException {
        assertThat(answerFor(host)).isEqualTo("421 This host name is not in management.allowed_hosts.");
    }

    @Test
    void answersToNamesThatAreAllowed() throws IOException {
        try (TestService other =
                service.another(Map.of("CLICKNBACK_MANAGEMENT_ALLOWED_HOSTS", "Metrics.internal, clicknback"))) {
            ManagementTest there = new ManagementTest(other, given);

            assertThat(there.answerFor("metrics.internal:9090")).startsWith("200 ");
            assertThat(there.answerFor("clicknback")).startsWith("200 ");
            assertThat(there.answerFor("internal")).startsWith("421 ");
        }
    }

    @Test
    void tellsHealthOnBothPorts() {
        ApiClient api = service.api();
        assertThat(api.get("/health/live").expect(200).json()).isEqualTo(JsonObject.of("status", "alive"));
        assertThat(api.get("/health/ready").expect(200).json()).isEqualTo(JsonObject.of("status", "ready"));
        assertThat(get(service.managementUrl() + "/health/live").body()).isEqualTo("{\"status\":\"alive\"}");
        assertThat(get(service.managementUrl() + "/health/ready").body())
                .isEqualTo("{\"status\":\"ready\",\"durability\":\"survives_crash\"}");
    }

    /** Both ways: the page names what there is, and nothing else. */
    @Test
    void thePageOnOperationsNamesEveryMetricOfTheDomains() throws IOException {
        Set<String> told = names("`(clicknback_[a-z_]+)", Files.readString(Path.of("docs", "operations.md")));
        Set<String> served = names("(?m)^# TYPE (clicknback_[a-z_]+?)(?:_max)? ", metrics());

        // Those with labels are not served before they have counted something.
        Set<String> made = names("\"(clicknback\\.[a-z.]+)\"", metricsSources()).stream()
                .map(name -> name.replace('.', '_'))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).containsAll(served);
        assertThat(told.stream().map(name -> name.replaceFirst("_total$", "")))
                .containsExactlyInAnyOrderElementsOf(made);
        Set<String> elsewhere = names("\\b(clicknback_[a-z]+_[a-z_]+)", pagesBesideOperations());
        elsewhere.removeAll(told);
        assertThat(elsewhere).isEmpty();
    }

    private static String metricsSources() throws IOException {
        try (Stream<Path> sources = Files.list(METRICS_SOURCES)) {
            StringBuilder all = new StringBuilder();
            for (Path source : sources.toList()) {
                all.append(Files.readString(source).replaceAll("\\R", " "));
            }
            return all.toString();
        }
    }

    private static Set<String> names(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String pagesBesideOperations() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            StringBuilder text = new StringBuilder();
            for (Path file :
                    files.filter(page -> page.toString().endsWith(".md")).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    @Test
    void measuresHowLongEachOperationTakesInBuckets() {
        service.api().get("/health/live").expect(200);
        String series = "vertx_http_server_response_time_seconds_bucket{code=\"200\",route=\"getLiveness\",le=\"%s\"}";
        awaitSeries(service, series.formatted("+Inf"));
        assertThat(metric(series.formatted("0.05"))).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vertx_http_server_response_time_seconds_count{code=\"200\",route=\"getLiveness\"}",
                "vertx_pool_queue_pending{pool_name=\"database\",",
                "vertx_pool_in_use{pool_name=\"password-hashing\",",
                "netty_eventexecutor_tasks_pending",
                "jvm_memory_used_bytes",
                "process_cpu_usage"
            })
    void showsTheProcess(String name) {
        service.api().get("/health/live").expect(200);
        awaitSeries(service, name);
    }

    /** A request is measured once it has ended, which its client may know before. */
    private static void awaitSeries(TestService service, String start) {
        Waiting.until(start, () -> metrics(service).lines().anyMatch(line -> line.startsWith(start)));
    }

    @Test
    void countsWhatBecomesOfPurchases() {
        Session user = given.user();
        UUID merchant = given.merchant();
        Partner partner = given.partner();
        double accepted = metric("clicknback_purchases_accepted_total");
        double duplicate = metric("clicknback_purchases_duplicate_total");
        double rejected = metric("clicknback_purchases_rejected_total");
        double credited = metric("clicknback_purchases_credited_total");
        JsonObject purchase = given.purchase(user.userId(), merchant, "10.00");

        given.report(partner, purchase).expect(201);
        given.report(partner, purchase).expect(200);
        given.report(partner, given.purchase(UUID.randomUUID(), merchant, "10.00"))
                .expect(422);
        service.awaitCredits();

        assertThat(metric("clicknback_purchases_accepted_total")).isEqualTo(accepted + 1);
        assertThat(metric("clicknback_purchases_duplicate_total")).isEqualTo(duplicate + 1);
        assertThat(metric("clicknback_purchases_rejected_total")).isEqualTo(rejected + 1);
        assertThat(metric("clicknback_purchases_credited_total")).isEqualTo(credited + 1);
        assertThat(metric("clicknback_follower_position{follower=\"partner-events\"}"))
                .isPositive();
    }

    @Test
    void noClientCanAddLabels() {
        service.api().send("FROBNICATE", "/api/v1/" + UUID.randomUUID(), null).expect(404);

        assertThat(metrics()).doesNotContain("FROBNICATE");
    }

    @Test
    void countsWhatIsRefusedInAFloodByItsOperation() throws SQLException {
        try (TestService own = TestService.start(
                        TestServer.shared().createMigratedDatabase(),
                        new TestClock(),
                        Map.of("CLICKNBACK_HTTP_IN_FLIGHT_MAX", "1"));
                Connection blocker = own.sql().connect();
                Statement lock = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            lock.execute("LOCK TABLE users IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Reply> holder = own.api()
                    .sendAsync("POST", "/auth/login", "{\"email\":\"a@example.com\",\"password\":\"Str0ng!Pass\"}");
            Waiting.until("the one request has taken the place", () -> own.sql().count("""
                            SELECT count(*) FROM pg_stat_activity
                            WHERE datname = current_database() AND wait_event_type = 'Lock'
                                AND query LIKE '%WHERE email_key = $1%'
                            """) == 1);

            own.api()
                    .post("/webhooks/" + UUID.randomUUID() + "/purchases", "{}")
                    .expect(503);

            awaitSeries(
                    own, "vertx_http_server_response_time_seconds_count{code=\"503\",route=\"ingestPurchaseWebhook\"}");
            blocker.rollback();
            holder.join();
        }
    }

    /** The database would be asked for two seconds each time, and those who are served would wait behind that. */
    @Test
    void aCrowdThatAsksWhetherItIsReadyTakesNoConnectionsFromOthers() {
        try (TestService own = TestService.start(TestServer.shared().createMigratedDatabase(), new TestClock())) {
            Promise<Void> busy = Promise.promise();
            for (int i = 0; i < POOL_SIZE; i++) {
                own.app().database().withConnection(connection -> busy.future());
            }
            List<CompletableFuture<Reply>> crowd = IntStream.range(0, 30)
                    .mapToObj(i -> own.api().sendAsync("GET", "/health/ready", null))
                    .toList();

            assertThat(crowd.stream().map(reply -> reply.join().status()))
                    .filteredOn(status -> status == 200)
                    .hasSizeGreaterThanOrEqualTo(28);
            busy.complete();
        }
    }

    @Test
    void isNotReadyWhileTheDatabaseIsGoneAndReadyAgainByItself() {
        try (OwnPostgres postgres = OwnPostgres.start();
                TestService own = TestService.start(postgres.address(), new TestClock())) {
            own.api().get("/health/ready").expect(200);

            postgres.stop();

            assertThat(own.api().get("/health/ready").expect(503).json())
                    .isEqualTo(JsonObject.of("status", "unavailable"));
            assertThat(get(own.managementUrl() + "/health/ready").statusCode()).isEqualTo(503);
            own.api().get("/health/live").expect(200);
            assertThat(get(own.managementUrl() + "/metrics").statusCode()).isEqualTo(200);

            postgres.startAgain();
            Waiting.until(
                    "the service is ready again",
                    () -> own.api().get("/health/ready").status() == 200);
        }
    }

    /** As in maintenance, or in a fail-over whose new primary is not there yet: every purchase is answered 503. */
    @Test
    void isNotReadyWhileTheDatabaseTakesNoWrites() throws SQLException {
        try (OwnPostgres postgres = OwnPostgres.start();
                TestService own = TestService.start(postgres.address(), new TestClock());
                Connection operator = own.sql().connect();
                Statement statement = operator.createStatement()) {
            own.api().get("/health/ready").expect(200);

            statement.execute(SET_READ_ONLY.formatted("on"));
            statement.execute(END_SESSIONS);
            Waiting.until(
                    "the service is not ready",
                    () -> own.api().get("/health/ready").status() == 503);

            statement.execute(SET_READ_ONLY.formatted("off"));
            statement.execute(END_SESSIONS);
            Waiting.until(
                    "the service is ready again",
                    () -> own.api().get("/health/ready").status() == 200);
        }
    }
}
