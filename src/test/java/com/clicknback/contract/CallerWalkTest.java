package com.clicknback.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.ApiOperation;
import com.clicknback.testing.ApiOperation.Caller;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Session;
import com.clicknback.testing.Sql;
import com.clicknback.testing.TestClock;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every operation tells strangers and the wrong callers apart from the right ones, as its security requirement says. */
@ExtendWith(ServiceExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class CallerWalkTest {
    private static final Duration BEYOND_ACCESS = Duration.ofMinutes(16);

    private final TestService service;
    private final Scenario given;
    private final ApiClient anyone;
    private final GoodRequests good;

    CallerWalkTest(TestService service, Scenario given, ApiClient anyone) {
        this.service = service;
        this.given = given;
        this.anyone = anyone;
        this.good = new GoodRequests(service, given);
    }

    private static List<ApiOperation> operations(Predicate<ApiOperation> which) {
        return ApiOperation.all().stream().filter(which).toList();
    }

    private Reply send(ApiClient client, ApiOperation operation) {
        String body = operation.body() == ApiOperation.Body.NONE ? null : good.body(operation);
        return client.send(operation.method(), good.path(operation), body);
    }

    private void everyBearerOperationRefuses(ApiClient client, String code) {
        assertThat(operations(ApiOperation::needsToken)).allSatisfy(operation -> {
            Reply refused = send(client, operation);
            refused.expectError(401, code);
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
        });
    }

    @Test
    void refusesStrangers() {
        everyBearerOperationRefuses(anyone, "INVALID_TOKEN");
    }

    @Test
    void refusesWhatIsNoToken() {
        everyBearerOperationRefuses(anyone.withToken("garbage"), "INVALID_TOKEN");
    }

    @Test
    void refusesARefreshTokenInPlaceOfAnAccessToken() {
        everyBearerOperationRefuses(anyone.withToken(good.admin().refreshToken()), "INVALID_TOKEN");
    }

    @Test
    void refusesAnotherScheme() {
        everyBearerOperationRefuses(anyone.with("Authorization", "Basic YWxpY2U6c2VjcmV0"), "INVALID_TOKEN");
    }

    @Test
    void refusesATokenThatHasExpired(TestClock clock) {
        Session admin = given.newAdmin();
        clock.advance(BEYOND_ACCESS);
        everyBearerOperationRefuses(anyone.as(admin), "EXPIRED_TOKEN");
    }

    @Test
    void refusesAUserWhoIsNoLongerActive(Sql sql) {
        Session admin = given.newAdmin();
        sql.execute("UPDATE users SET active = false WHERE id = ?", admin.userId());
        everyBearerOperationRefuses(anyone.as(admin), "USER_INACTIVE");
    }

    @Test
    void refusesUsersWhereItTakesAnAdministrator() {
        ApiClient user = anyone.as(given.user());
        assertThat(operations(operation -> operation.caller() == Caller.ADMIN)).allSatisfy(operation -> {
            Reply refused = send(user, operation);
            assertThat(refused.expectError(403, "FORBIDDEN"))
                    .isEqualTo(JsonObject.of("required_role", "admin", "current_role", "user"));
            assertThat(refused.header("WWW-Authenticate")).isNull();
        });
    }

    @Test
    void ignoresTokensWhereAnyoneMayCall() {
        assertThat(operations(operation -> operation.caller() == Caller.ANYONE)).allSatisfy(operation -> {
            // A session of its own for each: one operation ends what another continues.
            GoodRequests fresh = new GoodRequests(service, given);
            String body = operation.body() == ApiOperation.Body.NONE ? null : fresh.body(operation);
            Reply answered = fresh.client(operation, body)
                    .withToken("garbage")
                    .send(operation.method(), fresh.path(operation), body);
            assertThat(answered.status()).isLessThan(operation.path().contains("{id}") ? 405 : 400);
        });
    }

    private static boolean takesSignature(ApiOperation operation) {
        return operation.caller() == Caller.PARTNER;
    }

    private Reply sendSigned(ApiOperation operation, Partner signer, UUID partnerId, String body, Instant at) {
        return anyone.with(signer.sign(body, at)).post(operation.path(name -> partnerId.toString()), body);
    }

    @Test
    void refusesWebhooksWithoutASignatureOfTheirPartner() {
        Partner partner = given.partner();
        Partner other = given.partner();
        assertThat(operations(CallerWalkTest::takesSignature)).allSatisfy(operation -> {
            String body = good.body(operation);
            Instant now = service.clock().instant();
            List<Reply> refused = List.of(
                    anyone.post(operation.path(name -> partner.id().toString()), body),
                    sendSigned(operation, other, partner.id(), body, now),
                    sendSigned(operation, partner, UUID.randomUUID(), body, now),
                    anyone.as(good.admin())
                            .post(operation.path(name -> partner.id().toString()), body));
            assertThat(refused).allSatisfy(reply -> {
                reply.expectError(401, "INVALID_SIGNATURE");
                assertThat(reply.header("WWW-Authenticate")).isNull();
            });
        });
    }

    @Test
    void refusesWebhooksThatWereSignedLongAgo() {
        Partner partner = given.partner();
        assertThat(operations(CallerWalkTest::takesSignature)).allSatisfy(operation -> {
            Instant longAgo = service.clock().instant().minus(Duration.ofMinutes(6));
            Reply refused = sendSigned(operation, partner, partner.id(), good.body(operation), longAgo);
            refused.expectError(401, "SIGNATURE_EXPIRED");
            assertThat(refused.header("WWW-Authenticate")).isNull();
        });
    }
}
