package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.partners.signing.WebhookSignature;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.http.Caller;
import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Reply;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The signatures of webhooks. Every message has a body that is not JSON. Its refusal tells whether the signature passed,
 * because the body is parsed only after that.
 */
@ExtendWith(ServiceExtension.class)
class WebhookAuthenticationTest {
    private static final String BODY = "no JSON";
    private static final int TOLERANCE_S = 300;

    private final TestService service;
    private final Scenario given;

    WebhookAuthenticationTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @Test
    void letsASignedMessageIn() {
        Partner partner = given.partner();

        assertPassed(send(partner.purchasesPath(), sign(partner)));
        assertPassed(send(partner.batchPath(), sign(partner)));
        assertPassed(send("/webhooks/" + upperCase(partner.id()) + "/purchases", sign(partner)));
    }

    @Test
    void ignoresTheAuthorizationHeader() {
        Partner partner = given.partner();
        Map<String, String> headers = new HashMap<>(sign(partner));
        headers.put("Authorization", "Bearer nonsense");

        assertPassed(send(partner.purchasesPath(), headers));
    }

    @Test
    void answersEveryMessageWithoutAValidSignatureAlike() {
        Partner partner = given.partner();
        Partner inactive = given.partner();
        given.asAdmin()
                .patch("/partners/" + inactive.id() + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        Partner withoutSecret = given.partner();
        deleteSecret(withoutSecret, 0);
        Partner unknown = new Partner(UUID.randomUUID(), partner.secret());
        Map<String, String> signed = sign(partner);

        List<Reply> refusals = List.of(
                send(unknown.purchasesPath(), sign(unknown)),
                send("/webhooks/42/purchases", signed),
                send(inactive.purchasesPath(), sign(inactive)),
                send(withoutSecret.purchasesPath(), sign(withoutSecret)),
                send(partner.purchasesPath(), Map.of()),
                send(partner.purchasesPath(), without(signed, "webhook-id")),
                send(partner.purchasesPath(), without(signed, "webhook-timestamp")),
                send(partner.purchasesPath(), without(signed, "webhook-signature")),
                send(partner.purchasesPath(), sign(inactive)),
                send(partner.purchasesPath(), partner.sign(BODY + " ", now())));

        assertThat(refusals).allSatisfy(reply -> {
            assertThat(reply.expectError(401, "INVALID_SIGNATURE")).isEqualTo(new JsonObject());
            assertThat(reply.header("WWW-Authenticate")).isNull();
        });
        assertThat(refusals.stream().map(Reply::text).distinct()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"290, true", "-290, true", "310, false", "-310, false", "-86400, false"})
    void refusesAValidSignatureThatIsTooFarFromNow(long secondsFromNow, boolean passes) {
        Partner partner = given.partner();
        Reply reply = send(partner.purchasesPath(), partner.sign(BODY, now().plusSeconds(secondsFromNow)));

        if (passes) {
            assertPassed(reply);
        } else {
            assertThat(reply.expectError(401, "SIGNATURE_EXPIRED")).isEqualTo(new JsonObject());
            assertThat(reply.header("WWW-Authenticate")).isNull();
        }
    }

    @Test
    void saysThatASignatureExpiredOnlyToThoseWhoCanSign() {
        Partner partner = given.partner();
        Map<String, String> expired = new HashMap<>(partner.sign(BODY, now().minusSeconds(2 * TOLERANCE_S)));
        expired.put("webhook-id", "another");

        send(partner.purchasesPath(), expired).expectError(401, "INVALID_SIGNATURE");
    }

    @Test
    void takesOldAndNewSecretDuringARotation() {
        Partner old = given.partner();
        String added = given.asAdmin()
                .post("/partners/" + old.id() + "/secrets")
                .expect(201)
                .json()
                .getString("secret");
        Partner rotated = new Partner(old.id(), added);

        assertPassed(send(old.purchasesPath(), sign(old)));
        assertPassed(send(old.purchasesPath(), sign(rotated)));

        deleteSecret(old, 1);

        send(old.purchasesPath(), sign(old)).expectError(401, "INVALID_SIGNATURE");
        assertPassed(send(old.purchasesPath(), sign(rotated)));
    }

    @Test
    void refusesAPartnerFromTheMomentItIsDeactivatedUntilItIsActiveAgain() {
        Partner partner = given.partner();
        String status = "/partners/" + partner.id() + "/status";

        given.asAdmin().patch(status, JsonObject.of("status", "inactive")).expect(200);
        send(partner.purchasesPath(), sign(partner)).expectError(401, "INVALID_SIGNATURE");
        given.asAdmin().patch(status, JsonObject.of("status", "active")).expect(200);
        assertPassed(send(partner.purchasesPath(), sign(partner)));
    }

    @Test
    void refusesASecretAtOnceThatAnotherProcessDeleted() {
        Partner partner = given.partner();
        assertPassed(send(partner.purchasesPath(), sign(partner)));

        service.sql().execute("DELETE FROM partner_secrets WHERE partner_id = ?", partner.id());

        send(partner.purchasesPath(), sign(partner)).expectError(401, "INVALID_SIGNATURE");
    }

    @Test
    void readsNoMoreThanTheLimitOfABody() {
        Partner partner = given.partner();
        String body = "x".repeat(1024 * 1024 + 1);

        Reply reply = service.api().with(partner.sign(body, now())).post(partner.purchasesPath(), body);

        assertThat(reply.expectError(413, "PAYLOAD_TOO_LARGE").getInteger("limit_bytes"))
                .isEqualTo(1024 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "msg.1", "~~~"})
    void takesMessageIdsOfVisibleCharacters(String id) {
        assertThat(authenticate(id, Long.toString(now().getEpochSecond()))).isNotNull();
    }

    @Test
    void takesMessageIdsOf255Characters() {
        String timestamp = Long.toString(now().getEpochSecond());

        assertThat(authenticate("i".repeat(255), timestamp)).isNotNull();
        assertRefused("i".repeat(256), timestamp);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "é", "a\u0000"})
    void refusesMessageIdsOfOtherCharactersEvenIfSigned(String id) {
        assertRefused(id, Long.toString(now().getEpochSecond()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+%s", "-%s", " %s", "%s ", "%s.0", "0x6", "1e9", "٣", "9223372036854775808"})
    void refusesTimesThatAreNoDecimalDigitsEvenIfSigned(String form) {
        assertRefused("msg", form.formatted(now().getEpochSecond()));
    }

    @Test
    void readsTheLargestTimesThereAre() {
        assertThatThrownBy(() -> authenticate("msg", Long.toString(Long.MAX_VALUE)))
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refusal -> assertThat(refusal.code().name()).isEqualTo("SIGNATURE_EXPIRED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void refusesAHeaderThatIsSentTwice(String repeated) {
        Partner partner = given.partner();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(sign(partner));
        headers.add(repeated, headers.get(repeated));

        assertInvalid(() -> authenticate(partner, headers, Buffer.buffer(BODY)));
    }

    @Test
    void verifiesTheBytesOfABodyThatIsNoText() {
        Partner partner = given.partner();
        byte[] body = {(byte) 0xff, 0, (byte) 0xc3, 0x28};
        String timestamp = Long.toString(now().getEpochSecond());
        MultiMap headers = headers("msg", timestamp, partner, body);

        assertThat(authenticate(partner, headers, Buffer.buffer(body)).id()).isEqualTo(partner.id());
        body[0] = (byte) 0xfe;
        assertInvalid(() -> authenticate(partner, headers, Buffer.buffer(body)));
    }

    /** The outcome for a message of this id and time whose signature is right. */
    private Caller.Partner authenticate(String id, String timestamp) {
        Partner partner = given.partner();
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        return authenticate(partner, headers(id, timestamp, partner, body), Buffer.buffer(body));
    }

    private Caller.Partner authenticate(Partner partner, MultiMap headers, Buffer body) {
        PartnerSignatures signatures =
                new PartnerSignatures(service.app().bus(), service.clock(), TOLERANCE_S, delivery -> {});
        return TestService.await(signatures.authenticate(partner.id().toString(), headers, body));
    }

    private static MultiMap headers(String id, String timestamp, Partner partner, byte[] body) {
        String signature = WebhookSignature.sign(WebhookSecret.ofText(partner.secret()), id, timestamp, body);
        return MultiMap.caseInsensitiveMultiMap()
                .add("Webhook-Id", id)
                .add("Webhook-Timestamp", timestamp)
                .add("Webhook-Signature", signature);
    }

    private void assertRefused(String id, String timestamp) {
        assertInvalid(() -> authenticate(id, timestamp));
    }

    private static void assertInvalid(ThrowingCallable authentication) {
        assertThatThrownBy(authentication)
                .isInstanceOfSatisfying(
                        DomainException.class,
                        refusal -> assertThat(refusal.code().name()).isEqualTo("INVALID_SIGNATURE"));
    }

    private static void assertPassed(Reply reply) {
        assertThat(reply.expectViolations(422)).containsExactly("body");
    }

    private Reply send(String path, Map<String, String> headers) {
        ApiClient sender = service.api().with(headers);
        return sender.post(path, BODY);
    }

    private Map<String, String> sign(Partner partner) {
        return partner.sign(BODY, now());
    }

    private Instant now() {
        return service.clock().instant();
    }

    private static String upperCase(UUID id) {
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        Map<String, String> fewer = new HashMap<>(headers);
        fewer.remove(name);
        return fewer;
    }

    /** Deletes one of a partner's secrets, counted from the newest. */
    private void deleteSecret(Partner partner, int index) {
        String secrets = "/partners/" + partner.id() + "/secrets";
        String id = given.asAdmin().get(secrets).data().get(index).getString("id");
        given.asAdmin().delete(secrets + "/" + id).expect(204);
    }
}
