package com.clicknback.partners;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Caller;
import com.clicknback.platform.http.SignatureAuthenticator;
import com.clicknback.platform.json.CanonicalUuid;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates partners by the signatures of their webhooks. Every fault before a signature has matched gets the same
 * answer. An unknown partner takes the same path as a known one, against a secret that nobody has, so that neither
 * answers nor times tell which partners exist.
 */
public final class PartnerSignatures implements SignatureAuthenticator {
    private static final Pattern ID_FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern SECONDS_FORM = Pattern.compile("[0-9]{1,19}");

    private final Bus bus;
    private final Clock clock;
    private final int toleranceSeconds;
    private final List<WebhookSecret> nobodys = List.of(WebhookSecret.random(new SecureRandom()));

    /**
     * @param toleranceSeconds the longest time between a message and now, in either direction
     */
    public PartnerSignatures(Bus bus, Clock clock, int toleranceSeconds) {
        this.bus = bus;
        this.clock = clock;
        this.toleranceSeconds = toleranceSeconds;
    }

    /** A message with the parts that its signatures cover, and these signatures. */
    private record Signed(String id, String timestamp, long sentAtSeconds, String signatures, byte[] body) {}

    @Override
    public Future<Caller.Partner> authenticate(String partnerId, MultiMap headers, Buffer rawBody) {
        Signed signed = read(headers, rawBody);
        if (signed == null) {
            return Future.failedFuture(invalid());
        }
        UUID id = CanonicalUuid.of(partnerId);
        if (id == null) {
            verify(signed, nobodys);
            return Future.failedFuture(invalid());
        }
        return bus.ask(new Partners.FindKeys(id)).map(found -> {
            boolean known = !found.secrets().isEmpty();
            if (!verify(signed, known ? found.secrets() : nobodys)) {
                throw invalid();
            }
            requireRecent(signed);
            return new Caller.Partner(id);
        });
    }

    /** The signed message, or null when a header is missing, repeated or malformed. */
    private static @Nullable Signed read(MultiMap headers, Buffer rawBody) {
        String id = only(headers, "webhook-id");
        String timestamp = only(headers, "webhook-timestamp");
        String signatures = only(headers, "webhook-signature");
        if (id == null || timestamp == null || signatures == null) {
            return null;
        }
        if (!ID_FORM.matcher(id).matches() || !SECONDS_FORM.matcher(timestamp).matches()) {
            return null;
        }
        try {
            return new Signed(id, timestamp, Long.parseLong(timestamp), signatures, rawBody.getBytes());
        } catch (NumberFormatException beyondLong) {
            return null;
        }
    }

    private static @Nullable String only(MultiMap headers, String name) {
        List<String> values = headers.getAll(name);
        return values.size() == 1 ? values.get(0) : null;
    }

    private static boolean verify(Signed signed, List<WebhookSecret> secrets) {
        return WebhookSignature.matches(signed.signatures(), secrets, signed.id(), signed.timestamp(), signed.body());
    }

    private void requireRecent(Signed signed) {
        long secondsAway = Math.abs(clock.instant().getEpochSecond() - signed.sentAtSeconds());
        if (secondsAway > toleranceSeconds) {
            throw new DomainException(
                    ErrorCode.SIGNATURE_EXPIRED,
                    "The signature is valid, but webhook-timestamp is more than " + toleranceSeconds
                            + " seconds from now. Sign the message again with the present time.");
        }
    }

    private static DomainException invalid() {
        return new DomainException(
                ErrorCode.INVALID_SIGNATURE, "The webhook does not carry a valid signature of an active partner.");
    }
}
