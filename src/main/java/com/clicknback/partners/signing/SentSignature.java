package com.clicknback.partners.signing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a signature header, read as kindly as possible.
 *
 * @param digest null when the entry holds no 32 bytes in any form
 * @param mistakes those of its form
 */
record SentSignature(byte @Nullable [] digest, List<SignatureFinding> mistakes) {
    private static final int DIGEST_BYTES = 32;
    private static final Pattern VERSION = Pattern.compile("(v[0-9]+[a-z]?)[,=](.*)");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{64}");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{43}=?");

    /** The entries of a header, as many as a webhook may have. */
    static List<SentSignature> all(String header) {
        return Arrays.stream(header.split(" "))
                .filter(entry -> !entry.isEmpty())
                .limit(WebhookSignature.ENTRIES_MAX)
                .map(SentSignature::of)
                .toList();
    }

    private static SentSignature of(String entry) {
        List<SignatureFinding> mistakes = new ArrayList<>();
        var versioned = VERSION.matcher(entry);
        if (!entry.startsWith(WebhookSignature.VERSION_PREFIX)) {
            boolean other = versioned.matches() && !versioned.group(1).equals("v1");
            mistakes.add(
                    other ? SignatureFinding.SIGNATURE_OF_OTHER_VERSION : SignatureFinding.SIGNATURE_WITHOUT_VERSION);
        }
        String text = versioned.matches() ? versioned.group(2) : entry;
        return new SentSignature(digest(text, mistakes), mistakes);
    }

    private static byte @Nullable [] digest(String text, List<SignatureFinding> mistakes) {
        if (HEX.matcher(text).matches()) {
            mistakes.add(SignatureFinding.SIGNATURE_IN_HEX);
            return HexFormat.of().parseHex(text);
        }
        if (BASE64.matcher(text).matches()) {
            String standard = text.replace('-', '+').replace('_', '/');
            byte[] digest = Base64.getDecoder().decode(standard);
            if (!Base64.getEncoder().encodeToString(digest).equals(text)) {
                mistakes.add(SignatureFinding.SIGNATURE_IN_OTHER_BASE64);
            }
            return digest.length == DIGEST_BYTES ? digest : null;
        }
        String hex = base64OfText(text);
        if (HEX.matcher(hex).matches()) {
            mistakes.add(SignatureFinding.SIGNATURE_IN_HEX);
            return HexFormat.of().parseHex(hex);
        }
        mistakes.add(SignatureFinding.SIGNATURE_OF_OTHER_LENGTH);
        return null;
    }

    /** The digits that were encoded instead of their bytes; empty when it is no base64. */
    private static String base64OfText(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException noBase64) {
            return "";
        }
    }
}
