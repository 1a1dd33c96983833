package com.clicknback.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

@ExtendWith(ServiceExtension.class)
class SecurityLogTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(SecurityLog.NAME);

    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            lines.add(line);
        }
    };
    private final TestService service;
    private final Scenario given;
    private final TestClock clock;
    private final String request = Scenario.unique("request");
    private final ApiClient api;

    SecurityLogTest(TestService service, Scenario given, TestClock clock) {
        // One of its own, whose limit of lines other tests have not used up.
        this.service = service.another(Map.of());
        this.given = given;
        this.clock = clock;
        this.api = this.service.api().with("X-Request-Id", request);
    }

    @BeforeEach
    void listen() {
        appender.start();
        LOGGER.setLevel(Level.INFO);
        LOGGER.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(appender);
        LOGGER.setLevel(null);
        service.close();
    }

    @Test
    void tellsFailedLoginsWithoutWhatWasSent() {
        Session user = given.user();

        api.post("/auth/login", JsonObject.of("email", user.email(), "password", "my secret"))
                .expect(401);

        assertThat(line())
                .isEqualTo("event=login_failed reason=invalid_credentials operation=login client=127.0.0.1"
                        + " request=" + request);
    }

    @Test
    void tellsWhoCalledWhatIsForbidden() {
        Session user = given.user();

        api.as(user).get("/audit-logs").expect(403);

        assertThat(line())
                .isEqualTo("event=call_forbidden reason=forbidden operation=listAuditLogs client=127.0.0.1" + " user="
                        + user.userId() + " request=" + request);
    }

    @Test
    void tellsWhatIsWrongWithASignature() {
        Partner partner = given.partner();

        api.post(partner.purchasesPath(), "{}").expect(401);

        assertThat(line())
                .isEqualTo("event=signature_refused reason=header_missing operation=ingestPurchaseWebhook"
                        + " client=127.0.0.1 partner=" + partner.id() + " request=" + request);
    }

    @Test
    void tellsTheReuseOfARefreshTokenFromItsEnd() {
        Session user = given.user();
        JsonObject token = JsonObject.of("refresh_token", user.refreshToken());
        service.api().post("/auth/refresh", token).expect(200);
        clock.advance(Duration.ofSeconds(10));

        api.post("/auth/refresh", token).expect(401);
        api.post("/auth/refresh", token).expect(401);

        assertThat(own()).extracting(line -> fields(line).get("reason")).containsExactly("reused", "session_ended");
    }

    @Test
    void tellsChangesOfPasswords() {
        Session user = given.user();
        JsonObject change = JsonObject.of("current_password", "wrong", "new_password", "N3w!Password");

        api.as(user).patch("/users/me", change).expect(400);
        api.as(user)
                .patch("/users/me", change.put("current_password", Session.PASSWORD))
                .expect(200);

        assertThat(own())
                .extracting(
                        line -> fields(line).get("event"), line -> fields(line).get("user"))
                .containsExactly(
                        tuple("password_change_failed", user.userId().toString()),
                        tuple("password_changed", user.userId().toString()));
    }

    @Test
    void tellsWhatAdministratorsChangeAboutUsers() {
        String user = "/users/" + given.member().userId();
        ApiClient admin = api.as(given.admin());

        admin.patch(user, JsonObject.of("role", "admin")).expect(200);
        admin.patch(user, JsonObject.of("active", false)).expect(200);
        admin.patch(user, JsonObject.of("active", true)).expect(200);
        admin.delete(user + "/sessions").expect(204);

        assertThat(own())
                .extracting(line -> fields(line).get("event"))
                .containsExactly("role_set", "user_deactivated", "user_activated", "sessions_ended");
    }

    @Test
    void tellsNothingOfOtherRefusals() {
        api.as(given.user()).get("/offers/" + request).expect(404);

        assertThat(own()).isEmpty();
    }

    @Test
    void boundsTheRateAndCountsWhatItLeavesOut() {
        SecurityLog log = new SecurityLog();
        DomainException refusal = new DomainException(ErrorCode.RATE_LIMITED, "Too many requests.");
        SecurityLog.Origin origin =
                new SecurityLog.Origin("login", InetAddress.getLoopbackAddress(), null, null, request);
        long sent = 0;
        while (own().stream().noneMatch(line -> fields(line).containsKey("suppressed"))) {
            log.refused(refusal, origin);
            sent++;
        }

        List<ILoggingEvent> written = own();
        long suppressed = Long.parseLong(fields(written.get(written.size() - 1)).get("suppressed"));
        assertThat(written.size() + suppressed).isEqualTo(sent);
    }

    private String line() {
        assertThat(own()).hasSize(1);
        return own().get(0).getFormattedMessage();
    }

    private List<ILoggingEvent> own() {
        return lines.stream()
                .filter(line -> request.equals(fields(line).get("request")))
                .toList();
    }

    private static Map<String, String> fields(ILoggingEvent line) {
        return line.getKeyValuePairs().stream()
                .collect(Collectors.toMap(field -> field.key, field -> field.value.toString()));
    }
}
