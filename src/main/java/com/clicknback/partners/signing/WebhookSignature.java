package com.clicknback.partners.signing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Signatures of Standard Webhooks 1.0: an HMAC-SHA256 over the message's id, time and body, each byte for byte as it is
 * sent.
 */
public final class WebhookSignature {
    static final String ALGORITHM = "HmacSHA256";
    static final String VERSION_PREFIX = "v1,";

    /** Upper bound on the signatures read of one message. A sender that rotates its secrets sends two. */
    static final int ENTRIES_MAX = 32;

    private WebhookSignature() {}

    /** The signature of a message, as one entry of the header {@code webhook-signature}. */
    public static String sign(WebhookSecret secret, String id, String timestamp, byte[] body) {
        byte[] digest = mac(secret, id, timestamp).doFinal(body);
        return VERSION_PREFIX + Base64.getEncoder().encodeToString(digest);
    }

    /**
     * The id of a secret with which any entry of a signature header was made, or null. Every entry is compared with every
     * secret, so that the time does not tell which matched.
     */
    public static @Nullable UUID matching(
            String header, List<TestedSecret> secrets, String id, String timestamp, byte[] body) {
        List<byte[]> entries = entries(header);
        UUID matching = null;
        for (TestedSecret secret : secrets) {
            byte[] expected = sign(secret.secret(), id, timestamp, body).getBytes(StandardCharsets.US_ASCII);
            boolean matches = false;
            for (byte[] entry : entries) {
                matches |= MessageDigest.isEqual(expected, entry);
            }
            matching = matches ? secret.id() : matching;
        }
        return matching;
    }

    /** True when a signature header has an entry of the version that is checked here. */
    public static boolean hasKnownVersion(String header) {
        return !entries(header).isEmpty();
    }

    /** The first entries of the known version. A character beyond ASCII becomes {@code ?}, which no signature contains. */
    private static List<byte[]> entries(String header) {
        // A single character is split off without a regular expression.
        return Arrays.stream(header.split(" "))
                .filter(entry -> entry.startsWith(VERSION_PREFIX))
                .limit(ENTRIES_MAX)
                .map(entry -> entry.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    private static Mac mac(WebhookSecret secret, String id, String timestamp) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret.keyFor(ALGORITHM));
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.US_ASCII));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
