package com.clicknback.partners;

import com.clicknback.partners.deliveries.SignatureFault;
import com.clicknback.partners.signing.TestedSecret;
import com.clicknback.partners.signing.WebhookForm;
import com.clicknback.partners.signing.WebhookSecret;
import com.clicknback.partners.signing.WebhookSignature;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Caller;
import com.clicknback.platform.http.Delivery;
import com.clicknback.platform.http.SignatureAuthenticator;
import com.clicknback.platform.json.Bytes;
import com.clicknback.platform.json.CanonicalUuid;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates partners by the signatures of their webhooks. Every fault before a signature has matched gets the same
 * answer. An unknown partner takes the same path as a known one, against a secret that nobody has, so that neither
 * answers nor times tell which partners exist.
 */
public final class PartnerSignatures implements SignatureAuthenticator {
    private static final String ID = "webhook-id";
    private static final String TIMESTAMP = "webhook-timestamp";
    private static final String SIGNATURE = "webhook-signature";
    private static final List<String> HEADERS = List.of(ID, TIMESTAMP, SIGNATURE);

    private final Bus bus;
    private final Clock clock;
    private final int toleranceSeconds;
    private final Consumer<Delivery> deliveries;
    private final List<TestedSecret> nobodys =
            List.of(new TestedSecret(new UUID(0, 0), WebhookSecret.random(new SecureRandom())));

    /**
     * @param toleranceSeconds the longest time between a message and now, in either direction
     * @param deliveries takes how each request ended; may not wait
     */
    public PartnerSignatures(Bus bus, Clock clock, int toleranceSeconds, Consumer<Delivery> deliveries) {
        this.bus = bus;
        this.clock = clock;
        this.toleranceSeconds = toleranceSeconds;
        this.deliveries = deliveries;
    }

    @Override
    public Future<Caller.Partner> authenticate(String partnerId, MultiMap headers, Buffer rawBody) {
        UUID id = CanonicalUuid.of(partnerId);
        Future<Partners.Keys> keys =
                id == null ? Future.succeededFuture(Partners.Keys.OF_NOBODY) : bus.ask(new Partners.FindKeys(id));
        return keys.map(found -> {
            Judgement judged = judge(found, headers, Bytes.of(rawBody));
            if (judged.fault() == SignatureFault.MISMATCH && found.unreadable()) {
                // It may be right, so the sender must not give up on it.
                throw DomainException.unavailable();
            }
            if (id == null || judged.secretId() == null) {
                throw refusal(judged.fault());
            }
            return new Caller.Partner(id, judged.secretId());
        });
    }

    @Override
    public void ended(Delivery delivery) {
        deliveries.accept(delivery);
    }

    /**
     * The secret that a message was signed with, or the first reason to refuse it.
     *
     * @param secretId null exactly if there is a fault
     */
    record Judgement(
            @Nullable SignatureFault fault, @Nullable UUID secretId) {}

    Judgement judge(Partners.Keys keys, MultiMap headers, byte[] body) {
        SignatureFault malformed = headerFault(headers);
        // Computed whatever the outcome: the time must not tell which partners exist.
        UUID secretId = malformed == null
                ? WebhookSignature.matching(
                        headers.get(SIGNATURE),
                        keys.secrets().isEmpty() ? nobodys : keys.secrets(),
                        headers.get(ID),
                        headers.get(TIMESTAMP),
                        body)
                : null;
        SignatureFault fault = keys.fault();
        if (fault == null) {
            fault = malformed;
        }
        if (fault == null) {
            fault = secretId == null ? mismatch(headers) : timeFault(headers);
        }
        return new Judgement(fault, fault == null ? secretId : null);
    }

    private static @Nullable SignatureFault headerFault(MultiMap headers) {
        boolean repeated = false;
        for (String name : HEADERS) {
            int count = headers.getAll(name).size();
            if (count == 0) {
                return SignatureFault.HEADER_MISSING;
            }
            repeated |= count > 1;
        }
        if (repeated) {
            return SignatureFault.HEADER_REPEATED;
        }
        boolean wellFormed = WebhookForm.isId(headers.get(ID))
                && WebhookForm.seconds(headers.get(TIMESTAMP)).isPresent();
        return wellFormed ? null : SignatureFault.HEADER_MALFORMED;
    }

    private static SignatureFault mismatch(MultiMap headers) {
        return WebhookSignature.hasKnownVersion(headers.get(SIGNATURE))
                ? SignatureFault.MISMATCH
                : SignatureFault.NO_SIGNATURE_OF_VERSION_1;
    }

    private @Nullable SignatureFault timeFault(MultiMap headers) {
        long secondsAgo = clock.instant().getEpochSecond()
                - WebhookForm.seconds(headers.get(TIMESTAMP)).orElseThrow();
        if (secondsAgo > toleranceSeconds) {
            return SignatureFault.TOO_OLD;
        }
        return secondsAgo < -toleranceSeconds ? SignatureFault.TOO_EARLY : null;
    }

    private DomainException refusal(@Nullable SignatureFault fault) {
        boolean expired = fault == SignatureFault.TOO_OLD || fault == SignatureFault.TOO_EARLY;
        DomainException refusal = expired
                ? new DomainException(
                        ErrorCode.SIGNATURE_EXPIRED,
                        "The signature is valid, but webhook-timestamp is more than " + toleranceSeconds
                                + " seconds from now. Sign the message again with the present time.")
                : new DomainException(
                        ErrorCode.INVALID_SIGNATURE,
                        "The webhook does not carry a valid signature of an active partner.");
        return refusal.because(fault);
    }
}
