package com.clicknback.partners.signing;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The findings about one signed message; also its form on the wire. It holds neither a secret nor a right signature.
 *
 * @param accepted whether a webhook with this signature would be let in at this moment
 * @param matchedSecretId the secret that the signature was made with, perhaps over something else than what counts
 * @param skewSeconds how far the message's time is ahead of the service's; null when it has none
 */
public record SignatureTest(
        boolean accepted,
        @Nullable UUID matchedSecretId,
        @Nullable Long skewSeconds,
        int toleranceSeconds,
        Signed signed,
        List<Finding> findings) {

    /**
     * The bytes that count: the prefix, then the body.
     *
     * @param prefix null when a header that belongs to it is missing
     */
    public record Signed(@Nullable String prefix, int bodyBytes, String bodySha256) {}

    /**
     * One thing that is wrong, and how to mend it.
     *
     * @param header the header that is meant; null for all else
     */
    public record Finding(SignatureFinding code, @Nullable String header, String message) {
        static Finding of(SignatureFinding code) {
            return new Finding(code, null, code.advice());
        }

        static Finding of(SignatureFinding code, String header) {
            return new Finding(code, header, code.advice());
        }
    }
}
