package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ApiClient;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The mistakes of senders: each is named, and none is let in as a webhook. */
@ExtendWith(ServiceExtension.class)
class SignatureTestsTest {
    private static final String ID = "msg_1";
    private static final String BODY = "{\"a\": [1.50, 2], \"b\": \"x, \\\" : y\"}";
    private static final String COMPACT = "{\"a\":[1.50,2],\"b\":\"x, \\\" : y\"}";

    private final TestService service;
    private final ApiClient anyone;
    private final Scenario given;
    private ApiClient admin;
    private Partner partner;

    /** Read once: a second may end between the signing and the sending. */
    private String sentAt;

    SignatureTestsTest(TestService service, ApiClient anyone, Scenario given) {
        this.service = service;
        this.anyone = anyone;
        this.given = given;
    }

    @BeforeEach
    void makePartner() {
        admin = given.asAdmin();
        partner = given.partner();
        sentAt = Long.toString(now());
    }

    /** A way to sign, and the message that is sent. */
    private record Sender(byte[] key, String signed, String id, String timestamp, String body) {
        byte[] digest() {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                return mac.doFinal(utf8(signed));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        String base64() {
            return Base64.getEncoder().encodeToString(digest());
        }

        Map<String, String> headers(String signature) {
            Map<String, String> headers = new HashMap<>();
            headers.put("webhook-id", id);
            headers.put("webhook-timestamp", timestamp);
            headers.put("webhook-signature", signature);
            return headers;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] key() {
        return Base64.getDecoder().decode(partner.secret().substring("whsec_".length()));
    }

    private long now() {
        return service.clock().instant().getEpochSecond();
    }

    private Sender sender(String signed, String body) {
        return new Sender(key(), signed, ID, sentAt, body);
    }

    private Sender sender(byte[] key) {
        return new Sender(key, head() + BODY, ID, sentAt, BODY);
    }

    private String head() {
        return ID + "." + sentAt + ".";
    }

    private JsonObject test(Map<String, String> headers, String body) {
        JsonObject trial = JsonObject.of("body", body);
        headers.forEach((name, value) -> trial.put(name.replace('-', '_'), value));
        JsonObject found = admin.post("/partners/" + partner.id() + "/signature-tests", trial)
                .expect(200)
                .json();
        boolean letIn = anyone.with(headers).post(partner.purchasesPath(), body).status() != 401;
        assertThat(found.getBoolean("accepted")).as("as a webhook").isEqualTo(letIn);
        assertThat(found.encode()).doesNotContain(partner.secret().substring("whsec_".length()));
        return found;
    }

    private JsonObject test(Sender sender) {
        return test(sender.headers("v1," + sender.base64()), sender.body());
    }

    private static List<String> codes(JsonObject found) {
        return found.getJsonArray("findings").stream()
                .map(JsonObject.class::cast)
                .map(finding -> finding.getString("code"))
                .toList();
    }

    private void assertFound(JsonObject found, String... codes) {
        assertThat(codes(found)).containsExactly(codes);
        assertThat(found.getString("matched_secret_id")).isEqualTo(secretId());
    }

    private String secretId() {
        return admin.get("/partners/" + partner.id() + "/secrets").data().get(0).getString("id");
    }

    @Test
    void findsNothingWrongWithARightSignature() {
        JsonObject found = test(sender(head() + BODY, BODY));

        assertFound(found);
        assertThat(found.getInteger("skew_seconds")).isZero();
        assertThat(found.getInteger("tolerance_seconds")).isEqualTo(300);
        assertThat(found.getJsonObject("signed"))
                .isEqualTo(JsonObject.of(
                        "prefix",
                        head(),
                        "body_bytes",
                        34,
                        "body_sha256",
                        "964b3888a2fe3da7a99b8f25dd23edee837361f703c01b6b5ac20256810797b6"));
    }

    @Test
    void readsEveryEntryOfAHeader() {
        Sender right = sender(head() + BODY, BODY);

        assertFound(test(right.headers("v1,AAAA v1a,BBBB v1," + right.base64()), BODY));
    }

    @Test
    void recognisesTheBodyThatWasSignedInstead() {
        assertFound(test(sender(head() + BODY + "\n", BODY)), "body_signed_with_newline");
        assertFound(test(sender(head() + BODY, BODY + "\n")), "body_sent_with_newline");
        assertFound(test(sender(head() + BODY, BODY + "\r\n")), "body_sent_with_newline");
        assertFound(test(sender(head() + COMPACT, BODY)), "body_signed_without_blanks");
        assertFound(test(sender(head() + BODY, COMPACT)), "body_signed_with_blanks");
        assertFound(test(sender(head(), BODY)), "body_not_signed");
    }

    @Test
    void recognisesAPrefixThatWasNotSigned() {
        assertFound(test(sender(BODY, BODY)), "content_without_id_and_timestamp");
        assertFound(test(sender(sentAt + "." + BODY, BODY)), "content_without_id");
    }

    @Test
    void recognisesAKeyThatIsNotTheDecodedSecret() {
        assertFound(test(sender(utf8(partner.secret()))), "secret_with_prefix");
        assertFound(test(sender(utf8(partner.secret().substring("whsec_".length())))), "secret_not_decoded");
    }

    @Test
    void recognisesSeveralMistakesAtOnce() {
        Sender twice = new Sender(utf8(partner.secret()), head() + BODY + "\n", ID, sentAt, BODY);

        assertFound(
                test(twice.headers(HexFormat.of().formatHex(twice.digest()))),
                "secret_with_prefix",
                "body_signed_with_newline",
                "signature_without_version",
                "signature_in_hex");
    }

    private JsonObject test(Map<String, String> headers) {
        return test(headers, BODY);
    }

    @Test
    void recognisesTheFormOfASignature() {
        Sender right = sender(head() + BODY, BODY);
        String hex = HexFormat.of().formatHex(right.digest());
        String unpadded = Base64.getUrlEncoder().withoutPadding().encodeToString(right.digest());

        assertFound(test(right.headers(right.base64())), "signature_without_version");
        assertFound(test(right.headers("v1=" + right.base64())), "signature_without_version");
        assertFound(test(right.headers("v1," + hex)), "signature_in_hex");
        assertFound(test(right.headers("v1," + Base64.getEncoder().encodeToString(utf8(hex)))), "signature_in_hex");
        assertFound(test(right.headers("v1," + unpadded)), "signature_in_other_base64");
    }

    @ParameterizedTest
    @CsvSource({
        "'v1a,AAAA', 'signature_of_other_version,signature_of_other_length,no_match'",
        "'v2,c2lnbmF0dXJl', 'signature_of_other_version,signature_of_other_length,no_match'",
        "'v1,c2lnbmF0dXJl', 'signature_of_other_length,no_match'",
        "'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', no_match"
    })
    void saysThatNothingExplainsASignature(String signature, String codes) {
        JsonObject found = test(sender(head() + BODY, BODY).headers(signature));

        assertThat(codes(found)).containsExactly(codes.split(","));
        assertThat(found.getString("matched_secret_id")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"-310, too_old", "310, too_early"})
    void tellsTheSkewOfTheSendersClock(long seconds, String code) {
        String timestamp = Long.toString(now() + seconds);
        JsonObject found = test(new Sender(key(), ID + "." + timestamp + "." + BODY, ID, timestamp, BODY));

        assertFound(found, code);
        // The service's clock goes on between the signing and the answer.
        assertThat(found.getInteger("skew_seconds").longValue()).isBetween(Long.parseLong(timestamp) - now(), seconds);
    }

    @Test
    void recognisesMilliseconds() {
        String seconds = sentAt;
        String milliseconds = seconds + "000";

        assertFound(
                test(new Sender(key(), ID + "." + milliseconds + "." + BODY, ID, milliseconds, BODY)),
                "timestamp_in_milliseconds");
        assertFound(
                test(new Sender(key(), ID + "." + seconds + "." + BODY, ID, milliseconds, BODY)),
                "timestamp_in_milliseconds",
                "timestamp_signed_in_seconds");
        assertFound(
                test(new Sender(key(), ID + "." + milliseconds + "." + BODY, ID, seconds, BODY)),
                "timestamp_signed_in_milliseconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void namesAMissingHeader(String name) {
        Map<String, String> headers = sender(head() + BODY, BODY).headers("v1,AAAA");
        headers.remove(name);

        JsonObject finding = test(headers).getJsonArray("findings").getJsonObject(0);

        assertThat(finding.getString("code")).isEqualTo("header_missing");
        assertThat(finding.getString("header")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"webhook-id, a b", "webhook-timestamp, today", "webhook-timestamp, 9223372036854775808"})
    void namesAMalformedHeader(String name, String value) {
        Map<String, String> headers = sender(head() + BODY, BODY).headers("v1,AAAA");
        headers.put(name, value);

        JsonObject finding = test(headers).getJsonArray("findings").getJsonObject(0);

        assertThat(finding.getString("code")).isEqualTo("header_malformed");
        assertThat(finding.getString("header")).isEqualTo(name);
    }

    @Test
    void namesTheSecretThatWasUsedDuringARotation() {
        String older = secretId();
        admin.post("/partners/" + partner.id() + "/secrets").expect(201);

        JsonObject found = test(sender(head() + BODY, BODY));

        assertThat(codes(found)).isEmpty();
        assertThat(found.getString("matched_secret_id")).isEqualTo(older).isNotEqualTo(secretId());
    }

    @Test
    void saysWhenNoSignatureOfThePartnerIsLetIn() {
        admin.patch("/partners/" + partner.id() + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        assertFound(test(sender(head() + BODY, BODY)), "partner_inactive");

        admin.patch("/partners/" + partner.id() + "/status", JsonObject.of("status", "active"))
                .expect(200);
        admin.delete("/partners/" + partner.id() + "/secrets/" + secretId()).expect(204);
        assertThat(codes(test(sender(head() + BODY, BODY)))).contains("partner_without_secret");
    }

    @Test
    void isForAdministratorsAndTakesABoundedBody() {
        String path = "/partners/" + partner.id() + "/signature-tests";
        JsonObject trial = JsonObject.of("body", "{}");
        anyone.post(path, trial).expectError(401, "INVALID_TOKEN");
        anyone.as(given.user()).post(path, trial).expectError(403, "FORBIDDEN");
        admin.post("/partners/42/signature-tests", trial).expectError(404, "NOT_FOUND");
        admin.post(path, JsonObject.of()).expectError(422, "VALIDATION_ERROR");
        admin.post(path, JsonObject.of("body", "x".repeat(65_537))).expectError(422, "VALIDATION_ERROR");
        admin.post(path, JsonObject.of("body", "x".repeat(65_536))).expect(200);
    }
}
