package com.clicknback.partners.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.standardwebhooks.Webhook;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
    private static final String SECRET_TEXT = "whsec_Y2xpY2tuYmFjay1kZW1vLXBhcnRuZXItc2VjcmV0LTE=";
    private static final WebhookSecret SECRET = WebhookSecret.ofText(SECRET_TEXT);
    private static final String ID = "msg_demo_0001";
    private static final String TIMESTAMP = "1767225600";
    private static final String SIGNATURE = "v1,58AB9ixjlqU9dtdsAzJumPPmZpD1vNx62cX7UaKK20M=";
    private static final byte[] BODY = utf8("""
            {"type":"purchase.created","timestamp":"2026-01-01T00:00:00Z","data":{"external_id":"p-1",\
            "user_id":"b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d","merchant_id":"a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",\
            "amount":"100.00","currency":"EUR"}}""");

    @Test
    void signsTheTestVectorOfTheContract() {
        assertThat(WebhookSignature.sign(SECRET, ID, TIMESTAMP, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void acceptsTheTestVectorOfTheContract() {
        assertThat(matches(SIGNATURE, SECRET)).isTrue();
    }

    @Property(tries = 200)
    void signsWhatTheReferenceImplementationAccepts(@ForAll String body, @ForAll @Size(32) byte[] key)
            throws Exception {
        String id = "msg_" + key.length;
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        String signature = WebhookSignature.sign(WebhookSecret.ofKey(key), id, timestamp, utf8(body));

        assertThatCode(() -> new Webhook(key)
                        .verify(
                                body,
                                Map.of(
                                        "webhook-id", List.of(id),
                                        "webhook-timestamp", List.of(timestamp),
                                        "webhook-signature", List.of(signature))))
                .doesNotThrowAnyException();
    }

    @Property(tries = 200)
    void acceptsWhatTheReferenceImplementationSigns(
            @ForAll @CharRange(from = '!', to = '~') @StringLength(min = 1, max = 255) String id,
            @ForAll @LongRange(min = 0) long timestamp,
            @ForAll String body,
            @ForAll @Size(min = 24, max = 64) byte[] key)
            throws Exception {
        String signature = new Webhook(key).sign(id, timestamp, body);

        assertThat(WebhookSignature.matching(
                        signature, known(WebhookSecret.ofKey(key)), id, Long.toString(timestamp), utf8(body)))
                .isEqualTo(numbered(0));
    }

    @Property(tries = 200)
    void coversTheBytesOfTheBodyWhetherTheyAreTextOrNot(
            @ForAll byte[] body, @ForAll @Size(min = 24, max = 64) byte[] key) throws NoSuchAlgorithmException {
        byte[] signed = concat(utf8(ID + "." + TIMESTAMP + "."), body);

        assertThat(WebhookSignature.sign(WebhookSecret.ofKey(key), ID, TIMESTAMP, body))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(hmacByItsDefinition(key, signed)));
    }

    @Property(tries = 200)
    void refusesABodyOfWhichOneBitDiffers(@ForAll @NotEmpty byte[] body, @ForAll int anyBit) {
        String signature = WebhookSignature.sign(SECRET, ID, TIMESTAMP, body);
        int bit = Math.floorMod(anyBit, body.length * Byte.SIZE);
        byte[] altered = body.clone();
        altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

        assertThat(WebhookSignature.matching(signature, known(SECRET), ID, TIMESTAMP, altered))
                .isNull();
    }

    @Test
    void tellsBytesApartThatDecodeToTheSameText() {
        String signature = WebhookSignature.sign(SECRET, ID, TIMESTAMP, new byte[] {(byte) 0xff});

        assertThat(WebhookSignature.matching(signature, known(SECRET), ID, TIMESTAMP, new byte[] {(byte) 0xfe}))
                .isNull();
    }

    @Test
    void refusesAnotherIdAnotherTimeAndAnotherSecret() {
        List<TestedSecret> secrets = known(SECRET);
        WebhookSecret other = WebhookSecret.random(new SecureRandom());

        assertThat(WebhookSignature.matching(SIGNATURE, secrets, "msg_demo_0002", TIMESTAMP, BODY))
                .isNull();
        assertThat(WebhookSignature.matching(SIGNATURE, secrets, ID, "1767225601", BODY))
                .isNull();
        assertThat(matches(SIGNATURE, other)).isFalse();
        assertThat(matches(SIGNATURE)).isFalse();
    }

    @Test
    void acceptsAnyEntryOfAnySecret() {
        WebhookSecret other = WebhookSecret.random(new SecureRandom());
        String others = WebhookSignature.sign(other, ID, TIMESTAMP, BODY);

        assertThat(matches("v1,bm90IGEgc2lnbmF0dXJl " + SIGNATURE, SECRET)).isTrue();
        assertThat(matches(SIGNATURE + " " + others, other)).isTrue();
        assertThat(matches(others, SECRET, other)).isTrue();
    }

    @Test
    void tellsWhichSecretMatched() {
        WebhookSecret other = WebhookSecret.random(new SecureRandom());

        assertThat(WebhookSignature.matching(SIGNATURE, known(other, SECRET, other), ID, TIMESTAMP, BODY))
                .isEqualTo(numbered(1));
    }

    @Test
    void ignoresEntriesWithAnotherPrefix() {
        String bare = SIGNATURE.substring("v1,".length());

        assertThat(matches("v2," + bare + " v1a," + bare + " " + SIGNATURE, SECRET))
                .isTrue();
        assertThat(matches("v2," + bare + " v1a," + bare + " V1," + bare + " " + bare, SECRET))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "v1",
                "v1,",
                "v1,58AB9ixjlqU9dtdsAzJumPPmZpD1vNx62cX7UaKK20M",
                "v1,58AB9ixjlqU9dtdsAzJumPPmZpD1vNx62cX7UaKK20N=",
                "v1, 58AB9ixjlqU9dtdsAzJumPPmZpD1vNx62cX7UaKK20M=",
                "v1,58AB9ixjlqU9dtdsAzJumPPmZpD1vNx62cX7UaKK20M=,",
                "v1,58AB9ixjlqU9dtdsAzJumPPmZpD1vNx62cX7UaKK20M\u013d"
            })
    void refusesEverythingElse(String header) {
        assertThat(matches(header, SECRET)).isFalse();
    }

    @Test
    void looksAtABoundedNumberOfEntries() {
        assertThat(matches(wrongEntries(31) + SIGNATURE, SECRET)).isTrue();
        assertThat(matches(wrongEntries(32) + SIGNATURE, SECRET)).isFalse();
    }

    @Test
    void keepsTheSecretOutOfItsDescription() {
        TestedSecret added = new TestedSecret(new UUID(0, 1), WebhookSecret.ofText(SECRET_TEXT));

        assertThat(added.toString()).doesNotContain(SECRET_TEXT.substring("whsec_".length()));
        assertThat(added.secret().text()).isEqualTo(SECRET_TEXT);
    }

    @Test
    void makesSecretsOf32RandomBytes() {
        WebhookSecret secret = WebhookSecret.random(new SecureRandom());

        assertThat(secret.text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(secret.text())
                .isNotEqualTo(WebhookSecret.random(new SecureRandom()).text());
    }

    @Test
    void readsNoSecretWithoutItsPrefix() {
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookSecret.ofText("Y2xpY2tuYmFjaw=="));
    }

    private static boolean matches(String header, WebhookSecret... secrets) {
        return WebhookSignature.matching(header, known(secrets), ID, TIMESTAMP, BODY) != null;
    }

    private static List<TestedSecret> known(WebhookSecret... secrets) {
        return IntStream.range(0, secrets.length)
                .mapToObj(place -> new TestedSecret(numbered(place), secrets[place]))
                .toList();
    }

    private static UUID numbered(int place) {
        return new UUID(0, place);
    }

    private static String wrongEntries(int count) {
        return IntStream.range(0, count).mapToObj(i -> "v1,wrong" + i + " ").collect(Collectors.joining());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** RFC 2104 in three lines; keys of at most one block. */
    private static byte[] hmacByItsDefinition(byte[] key, byte[] message) throws NoSuchAlgorithmException {
        byte[] block = Arrays.copyOf(key, 64);
        byte[] inner = MessageDigest.getInstance("SHA-256").digest(concat(xored(block, 0x36), message));
        return MessageDigest.getInstance("SHA-256").digest(concat(xored(block, 0x5c), inner));
    }

    private static byte[] xored(byte[] block, int with) {
        byte[] result = block.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= (byte) with;
        }
        return result;
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
