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
import io.vertx.core.http.HttpHeaders;
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
    private static final CharSequence ID = HttpHeaders.createOptimized("webhook-id");
    private static final CharSequence TIMESTAMP = HttpHeaders.createOptimized("webhook-timestamp");
    private static final CharSequence SIGNATURE = HttpHeaders.createOptimized("webhook-signature");

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
        Sent sent = Sent.of(headers);
        SignatureFault malformed = sent.fault();
        // Computed whatever the outcome: the time must not tell which partners exist.
        UUID secretId = malformed == null
                ? WebhookSignature.matching(
                        sent.signature(),
                        keys.secrets().isEmpty() ? nobodys : keys.secrets(),
                        sent.id(),
                        sent.timestamp(),
                        body)
                : null;
        SignatureFault fault = keys.fault();
        if (fault == null) {
            fault = malformed;
        }
        if (fault == null) {
            fault = secretId == null ? mismatch(sent.signature()) : timeFault(sent.timestamp());
        }
        return new Judgement(fault, fault == null ? secretId : null);
    }

    /**
     * The headers that a signature needs.
     *
     * @param fault the first that they have by themselves; the others are complete without one
     */
    private record Sent(@Nullable SignatureFault fault, String id, String timestamp, String signature) {
        static Sent of(MultiMap headers) {
            List<String> ids = headers.getAll(ID);
            List<String> timestamps = headers.getAll(TIMESTAMP);
            List<String> signatures = headers.getAll(SIGNATURE);
            if (ids.isEmpty() || timestamps.isEmpty() || signatures.isEmpty()) {
                return faulty(SignatureFault.HEADER_MISSING);
            }
            if (ids.size() > 1 || timestamps.size() > 1 || signatures.size() > 1) {
                return faulty(SignatureFault.HEADER_REPEATED);
            }
            Sent sent = new Sent(null, ids.get(0), timestamps.get(0), signatures.get(0));
            boolean wellFormed = WebhookForm.isId(sent.id)
                    && WebhookForm.seconds(sent.timestamp).isPresent();
            return wellFormed ? sent : faulty(SignatureFault.HEADER_MALFORMED);
        }

        private static Sent faulty(SignatureFault fault) {
            return new Sent(fault, "", "", "");
        }
    }

    private static SignatureFault mismatch(String signature) {
        return WebhookSignature.hasKnownVersion(signature)
                ? SignatureFault.MISMATCH
                : SignatureFault.NO_SIGNATURE_OF_VERSION_1;
    }

    private @Nullable SignatureFault timeFault(String timestamp) {
        long secondsAgo = clock.instant().getEpochSecond()
                - WebhookForm.seconds(timestamp).orElseThrow();
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
