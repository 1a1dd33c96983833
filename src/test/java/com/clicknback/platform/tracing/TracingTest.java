package com.clicknback.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.embedded.EmbeddedDatabase.Address;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.HeldCrediting;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestServer;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way of a purchase from its request to its credit, as a collector of traces gets to see it. */
@ExtendWith(ServiceExtension.class)
class TracingTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + CALLER + "-01";

    private static final String CLASSES = "classes.txt";

    private final TestService service;
    private final Scenario given;

    TracingTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    private static Map<String, String> traced(Collector collector, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "CLICKNBACK_TRACING_ENABLED", "true",
                "CLICKNBACK_TRACING_ENDPOINT", collector.endpoint(),
                "CLICKNBACK_TRACING_ONE_IN", "1"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private static Reply report(ApiClient api, Partner partner, String body) {
        return api.with(partner.sign(body, Instant.now()))
                .with("traceparent", TRACEPARENT)
                .post(partner.purchasesPath(), body);
    }

    private Reply report(TestService at, Partner partner, JsonObject purchase, Map<String, String> headers) {
        String body = given.event(purchase).encode();
        return at.api()
                .with(partner.sign(body, at.clock().instant()))
                .with(headers)
                .post(partner.purchasesPath(), body);
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Span named(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among "
                        + spans.stream().map(Span::getName).toList()));
    }

    private static Optional<String> attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst();
    }

    @Test
    void aPurchaseIsOneTraceFromItsRequestToItsCredit() throws IOException {
        Session user = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(user.userId(), given.merchant(), "10.00");
        Reply answer;
        try (Collector collector = new Collector()) {
            try (TestService other = service.another(traced(collector, "CLICKNBACK_TRACING_HEADERS", "api-key=open"))) {
                answer = report(
                                other,
                                partner,
                                purchase,
                                Map.of("traceparent", TRACEPARENT, "X-Request-Id", "checkout-1"))
                        .expect(201);
                other.awaitCredits();
            }
            List<Span> trace = collector.spans().stream()
                    .filter(span -> hex(span.getTraceId()).equals(TRACE))
                    .toList();

            Span request = named(trace, "ingestPurchaseWebhook");
            assertThat(hex(request.getParentSpanId())).isEqualTo(CALLER);
            assertThat(attribute(request, "clicknback.request_id")).contains("checkout-1");
            assertThat(answer.header("traceresponse"))
                    .isEqualTo("00-" + TRACE + "-" + hex(request.getSpanId()) + "-01");
            Span submit = named(trace, "Submit");
            assertThat(submit.getParentSpanId()).isEqualTo(request.getSpanId());
            Span ingest = named(trace, "ingest");
            assertThat(ingest.getParentSpanId()).isEqualTo(submit.getSpanId());
            assertThat(trace)
                    .anySatisfy(span -> assertThat(statement(span)).contains("INSERT INTO purchases"))
                    .filteredOn(span -> statement(span).contains("INSERT INTO purchases"))
                    .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(ingest.getSpanId()));
            Span credit = named(trace, "credit");
            assertThat(credit.getLinksList())
                    .singleElement()
                    .satisfies(link -> assertThat(link.getSpanId()).isEqualTo(submit.getSpanId()));
            assertThat(collector.keys()).contains("open");
        }
        assertThat(service.sql().count("SELECT count(*) FROM purchase_traces")).isZero();
    }

    /** The one that accepts is gone before the other one credits. */
    @Test
    void theCreditOfAnotherProcessBelongsToTheTraceOfTheRequest() throws Exception {
        Address database = TestServer.shared().createMigratedDatabase();
        Partner partner;
        String purchase;
        try (TestService setUp = TestService.start(database, new TestClock())) {
            Scenario there = new Scenario(setUp);
            partner = there.partner();
            purchase = there.event(there.purchase(there.user().userId(), there.merchant(), "10.00"))
                    .encode();
        }
        Sql sql = new Sql(database);
        try (Collector collector = new Collector()) {
            try (ServiceProcess accepting = ServiceProcess.begin(database, traced(collector));
                    ServiceProcess crediting = ServiceProcess.begin(database, traced(collector));
                    Connection held = sql.connect()) {
                accepting.awaitReady();
                crediting.awaitReady();
                held.setAutoCommit(false);
                held.createStatement().execute(HeldCrediting.HOLD);
                report(accepting.api(), partner, purchase).expect(201);
                accepting.stop();
                held.rollback();
                Waiting.until("it is credited", () -> sql.count("SELECT count(*) FROM cashback_credits") == 1);
            }
            Span submit = named(collector.spans(), "Submit");
            Span credit = named(collector.spans(), "credit");
            assertThat(hex(credit.getTraceId())).isEqualTo(TRACE).isEqualTo(hex(submit.getTraceId()));
            assertThat(credit.getLinksList())
                    .singleElement()
                    .satisfies(link -> assertThat(link.getSpanId()).isEqualTo(submit.getSpanId()));
            assertThat(collector.processOf(credit)).isNotEqualTo(collector.processOf(submit));
        }
        assertThat(sql.count("SELECT count(*) FROM purchase_traces")).isZero();
    }

    /** Code that is not loaded does not run: neither traces nor a cluster cost anything unless they are asked for. */
    @Test
    void nothingOfTracesOrClustersIsLoadedUnlessItIsOn() throws IOException {
        Address database = TestServer.shared().createMigratedDatabase();
        try (ServiceProcess plain =
                ServiceProcess.start(database, Map.of(), List.of("-Xmx256m", "-Xlog:class+load:file=" + CLASSES))) {
            plain.api().with("traceparent", TRACEPARENT).get("/health/live").expect(200);
            plain.stop();
            List<String> loaded = Files.readAllLines(plain.folder().resolve(CLASSES)).stream()
                    .filter(line -> line.matches(".* (com.clicknback.App|(io.opentelemetry|com.hazelcast)\\.\\S+) .*"))
                    .toList();
            // Vert.x looks at whatever it could use: some interfaces, without code.
            assertThat(loaded)
                    .filteredOn(line -> !line.matches(".* io\\.opentelemetry\\.(api|context)\\..*"))
                    .singleElement()
                    .asString()
                    .contains(" com.clicknback.App ");
            assertThat(loaded).hasSizeLessThan(10);
        }
    }

    private static String statement(Span span) {
        return attribute(span, "db.query.text")
                .or(() -> attribute(span, "db.statement"))
                .orElse("");
    }

    @Test
    void nothingOfPathQueryHeadersBodyOrFailuresLeavesTheProcess() throws IOException {
        Session admin = given.admin();
        try (Collector collector = new Collector()) {
            try (TestService other = service.another(traced(collector))) {
                other.api().as(admin).get("/users?email=secret-of-query").expect(200);
                other.api().as(admin).get("/partners/secret-of-path").expect(404);
                other.api()
                        .with("X-Secret", "secret-of-header")
                        .post(
                                "/auth/login",
                                new JsonObject()
                                        .put("email", "secret-of-body@example.com")
                                        .put("password", "x"))
                        .expect(401);
            }
            assertThat(collector.spans()).extracting(Span::getName).contains("listUsers", "login");
            assertThat(collector.spans().toString()).doesNotContain("secret-of");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 01, true", "true, 00, false", "false, 00, true"})
    void theCallerDecidesOnlyWhereItIsFollowed(boolean followed, String flags, boolean sampled) throws IOException {
        try (Collector collector = new Collector();
                TestService other = service.another(
                        traced(collector, "CLICKNBACK_TRACING_FOLLOW_CALLERS", Boolean.toString(followed)))) {
            Reply answer = other.api()
                    .with("traceparent", "00-" + TRACE + "-" + CALLER + "-" + flags)
                    .get("/health/live")
                    .expect(200);

            assertThat(answer.headers().containsKey("traceresponse")).isEqualTo(sampled);
        }
    }

    @Test
    void requestsAreServedWhileTheCollectorIsAway() throws IOException {
        Collector gone = new Collector();
        gone.close();
        Session user = given.user();
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(user.userId(), given.merchant(), "10.00");
        try (TestService other = service.another(traced(gone))) {
            report(other, partner, purchase, Map.of()).expect(201);
            other.awaitCredits();
        }
    }

    @Test
    void aServiceThatIsNotTracedTellsNothing() {
        Reply answer = service.api()
                .with("traceparent", TRACEPARENT)
                .get("/health/live")
                .expect(200);

        assertThat(answer.headers()).doesNotContainKey("traceresponse");
    }
}
