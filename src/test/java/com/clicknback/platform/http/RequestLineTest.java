package com.clicknback.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.TestService;
import com.clicknback.testing.Waiting;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The line that the log gets of each request: what it tells, and what it must not tell. */
@ExtendWith(ServiceExtension.class)
class RequestLineTest {
    private static final String ROUTINE = "com.clicknback.requests.routine";

    private final Logger log = (Logger) LoggerFactory.getLogger("com.clicknback.requests");
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    private final TestService service;
    private final Scenario given;

    RequestLineTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @BeforeEach
    void listen() {
        appender.start();
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        log.addAppender(appender);
    }

    @AfterEach
    void leave() {
        log.detachAppender(appender);
        log.setAdditive(true);
        log.setLevel(null);
    }

    private ILoggingEvent lineOf(String requestId) {
        Waiting.until("the line of " + requestId, () -> !linesOf(requestId).isEmpty());
        assertThat(linesOf(requestId)).hasSize(1);
        return linesOf(requestId).get(0);
    }

    private List<ILoggingEvent> linesOf(String requestId) {
        return events.stream()
                .filter(event -> requestId.equals(event.getMDCPropertyMap().get("request_id")))
                .toList();
    }

    private ApiClient api(String requestId) {
        return service.api().with("X-Request-Id", requestId);
    }

    @Test
    void tellsOperationStatusTimeCallerAndRequest() {
        Session user = given.member();
        String id = UUID.randomUUID().toString();

        api(id).as(user).get("/users/me/wallet").expect(200);

        assertThat(lineOf(id).getLevel()).isEqualTo(Level.INFO);
        assertThat(lineOf(id).getFormattedMessage())
                .matches("GET getWallet 200 \\d+ ms by user " + user.userId() + ", request " + id);
    }

    @Test
    void tellsNoMethodThatAClientHasMadeUp() {
        String id = UUID.randomUUID().toString();

        api(id).send("A".repeat(5_000), "/api/v1/users/me", null).expect(405);

        assertThat(lineOf(id).getFormattedMessage()).startsWith("- - 405 ");
    }

    @Test
    void tellsNothingThatAClientSentButTheMethodAndTheRequestId() {
        String[] ids = {
            UUID.randomUUID().toString(),
            UUID.randomUUID().toString(),
            UUID.randomUUID().toString()
        };

        api(ids[0]).post("/auth/login", JsonObject.of("email", "hidden@example.com", "password", "hidden-1"));
        api(ids[1]).get("/hidden/%0Ahidden?hidden=hidden").expect(404);
        api(ids[2]).withToken("hidden").get("/users/me?hidden=1").expect(401);

        assertThat(lineOf(ids[0]).getFormattedMessage()).startsWith("POST login 401 ");
        assertThat(lineOf(ids[1]).getFormattedMessage()).matches("GET - 404 \\d+ ms by -, request " + ids[1]);
        assertThat(lineOf(ids[2]).getFormattedMessage()).matches("GET \\w+ 401 \\d+ ms by -, request " + ids[2]);
        assertThat(events).noneMatch(event -> event.getFormattedMessage().contains("hidden"));
    }

    @Test
    void keepsDeliveriesThatSucceedAndHealthApart() {
        Partner partner = given.partner();
        JsonObject purchase = given.purchase(given.member().userId(), given.merchant(), "10.00");

        given.report(partner, purchase).expect(201);
        service.api().get("/health/live").expect(200);
        given.report(partner, purchase.copy().put("amount", "20.00")).expect(409);

        Waiting.until("three lines", () -> lines(true).size() + lines(false).size() == 3);
        assertThat(lines(true))
                .containsExactlyInAnyOrder("POST ingestPurchaseWebhook 201 partner", "GET getLiveness 200 -");
        assertThat(lines(false)).containsExactly("POST ingestPurchaseWebhook 409 partner");
    }

    /** The lines of webhooks and health, shortened. */
    private List<String> lines(boolean routine) {
        return events.stream()
                .filter(event -> event.getLoggerName().equals(ROUTINE) == routine)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.contains("ingestPurchaseWebhook") || line.contains("getLiveness"))
                .map(line -> line.replaceFirst(" \\d+ ms by (\\w+|-).*", " $1"))
                .toList();
    }

    /** Under load many clients leave before their turn, and come again. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/users/me/wallet HTTP/1.1\r\nAuthorization: Bearer " + EdgeServer.LATE + "\r\n\r\n",
                "POST /api/v1/webhooks/" + EdgeServer.PARTNER_ID + "/purchases HTTP/1.1\r\nwebhook-signature: "
                        + EdgeServer.LATE + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
            })
    void doesNothingForAClientThatLeftBeforeItsCallerWasFound(String request) {
        AtomicInteger handled = new AtomicInteger();
        Endpoint counting = call -> {
            handled.incrementAndGet();
            return Future.failedFuture(new DomainException(ErrorCode.INVALID_CREDENTIALS, "Handled."));
        };
        String id = UUID.randomUUID().toString();
        try (EdgeServer edge = EdgeServer.withInFlightMax(
                1, Map.of("getWallet", counting, "ingestPurchaseWebhook", counting, "login", counting))) {
            RawHttp.abandon(
                    edge.port(), request.replaceFirst("\r\n", "\r\nHost: localhost\r\nX-Request-Id: " + id + "\r\n"));
            assertThat(lineOf(id).getFormattedMessage()).contains(" gone ");
            edge.api().post("/auth/login", "{}").expectError(503, "OVERLOADED");

            edge.findCallers();

            Waiting.until(
                    "its place is free",
                    () -> edge.api().post("/auth/login", "{}").status() == 401);
            assertThat(handled).as("the other one alone").hasValue(1);
        }
    }

    @Test
    void tiesTheLineOfADefectToItsRequest() {
        try (EdgeServer edge = EdgeServer.with(Map.of("getLiveness", call -> {
            throw new IllegalStateException("a defect of the test");
        }))) {
            Logger failures = (Logger) LoggerFactory.getLogger(Failures.class);
            failures.setAdditive(false);
            failures.addAppender(appender);
            String id = UUID.randomUUID().toString();
            try {
                edge.api().with("X-Request-Id", id).get("/health/live");
            } catch (AssertionError undescribed) {
                // The description has no 500 for it.
            } finally {
                failures.detachAppender(appender);
                failures.setAdditive(true);
            }

            assertThat(linesOf(id)).extracting(ILoggingEvent::getLevel).contains(Level.ERROR);
        }
    }
}
