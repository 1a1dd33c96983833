package com.clicknback.partners.signing;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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

    /** Looking the algorithm up costs as much as a signature. None of these keeps a key. */
    private static final ThreadLocal<Mac> MACS = ThreadLocal.withInitial(WebhookSignature::newMac);

    private static final SecretKeySpec NO_KEY = new SecretKeySpec(new byte[1], ALGORITHM);

    private WebhookSignature() {}

    /** The signature of a message, as one entry of the header {@code webhook-signature}. */
    public static String sign(WebhookSecret secret, String id, String timestamp, byte[] body) {
        return VERSION_PREFIX + new String(text(secret, id, timestamp, body), StandardCharsets.US_ASCII);
    }

    /** The text of a signature behind its version. */
    private static byte[] text(WebhookSecret secret, String id, String timestamp, byte[] body) {
        return Base64.getEncoder().encode(digest(secret, id, timestamp, body));
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
            byte[] expected = text(secret.secret(), id, timestamp, body);
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

    /**
     * The texts of the first entries of the known version, behind it. A character beyond ASCII becomes {@code ?}, which no
     * signature contains.
     */
    private static List<byte[]> entries(String header) {
        List<byte[]> entries = new ArrayList<>(2);
        int end;
        for (int start = 0; start < header.length() && entries.size() < ENTRIES_MAX; start = end + 1) {
            int blank = header.indexOf(' ', start);
            end = blank < 0 ? header.length() : blank;
            if (header.startsWith(VERSION_PREFIX, start)) {
                entries.add(
                        header.substring(start + VERSION_PREFIX.length(), end).getBytes(StandardCharsets.US_ASCII));
            }
        }
        return entries;
    }

    private static byte[] digest(WebhookSecret secret, String id, String timestamp, byte[] body) {
        Mac mac = MACS.get();
        try {
            mac.init(secret.keyFor(ALGORITHM));
            mac.update((id + '.' + timestamp + '.').getBytes(StandardCharsets.US_ASCII));
            byte[] digest = mac.doFinal(body);
            mac.init(NO_KEY);
            return digest;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every key is one for " + ALGORITHM, e);
        }
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
