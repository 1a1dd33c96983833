package com.clicknback.partners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clicknback.partners.deliveries.SignatureFault;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.testing.Partner;
import com.clicknback.testing.Scenario;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.TestService;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reasons that operators and partners learn, while a stranger gets one answer. */
@ExtendWith(ServiceExtension.class)
class SignatureFaultTest {
    private static final String BODY = "{}";
    private static final int TOLERANCE_S = 300;

    private final TestService service;
    private final Scenario given;

    SignatureFaultTest(TestService service, Scenario given) {
        this.service = service;
        this.given = given;
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void tellsAMissingHeaderFromARepeatedOne(String name) {
        Partner partner = given.partner();

        assertThat(fault(partner, signed(partner).remove(name))).isEqualTo(SignatureFault.HEADER_MISSING);
        assertThat(fault(partner, signed(partner).add(name, "1"))).isEqualTo(SignatureFault.HEADER_REPEATED);
    }

    @ParameterizedTest
    @CsvSource({
        "webhook-id, a b, HEADER_MALFORMED",
        "webhook-timestamp, today, HEADER_MALFORMED",
        "webhook-timestamp, 9223372036854775808, HEADER_MALFORMED",
        "webhook-signature, 'v1a,AAAA v2,AAAA', NO_SIGNATURE_OF_VERSION_1",
        "webhook-signature, 'v1,AAAA', MISMATCH",
        "webhook-id, another, MISMATCH",
        "webhook-timestamp, 1, MISMATCH",
        "webhook-timestamp, 9223372036854775807, MISMATCH"
    })
    void tellsWhatIsWrongWithAHeader(String name, String value, SignatureFault expected) {
        Partner partner = given.partner();

        assertThat(fault(partner, signed(partner).set(name, value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"-310, TOO_OLD", "310, TOO_EARLY"})
    void tellsOldFromEarly(long secondsFromNow, SignatureFault expected) {
        Partner partner = given.partner();

        assertThat(fault(partner, signed(partner, now().plusSeconds(secondsFromNow))))
                .isEqualTo(expected);
    }

    @Test
    void tellsWhyNoSignatureOfAPartnerIsTaken() {
        Partner partner = given.partner();
        Partner inactive = given.partner();
        given.asAdmin()
                .patch("/partners/" + inactive.id() + "/status", JsonObject.of("status", "inactive"))
                .expect(200);
        Partner withoutSecret = given.partner();
        service.sql().execute("DELETE FROM partner_secrets WHERE partner_id = ?", withoutSecret.id());

        assertThat(fault("42", signed(partner))).isEqualTo(SignatureFault.PARTNER_UNKNOWN);
        assertThat(fault(UUID.randomUUID().toString(), signed(partner))).isEqualTo(SignatureFault.PARTNER_UNKNOWN);
        assertThat(fault(inactive, signed(inactive))).isEqualTo(SignatureFault.PARTNER_INACTIVE);
        assertThat(fault(withoutSecret, signed(withoutSecret))).isEqualTo(SignatureFault.PARTNER_WITHOUT_SECRET);
    }

    private Object fault(Partner partner, MultiMap headers) {
        return fault(partner.id().toString(), headers);
    }

    private Object fault(String partnerId, MultiMap headers) {
        PartnerSignatures signatures =
                new PartnerSignatures(service.app().bus(), service.clock(), TOLERANCE_S, delivery -> {});
        return catchThrowableOfType(
                        DomainException.class,
                        () -> TestService.await(signatures.authenticate(partnerId, headers, Buffer.buffer(BODY))))
                .reason();
    }

    private MultiMap signed(Partner partner) {
        return signed(partner, now());
    }

    private static MultiMap signed(Partner partner, Instant at) {
        return MultiMap.caseInsensitiveMultiMap().addAll(partner.sign(BODY, at));
    }

    private Instant now() {
        return service.clock().instant();
    }
}
