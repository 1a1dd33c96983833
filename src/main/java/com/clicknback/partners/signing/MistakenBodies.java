package com.clicknback.partners.signing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bodies that senders sign by mistake instead of the one that they send. */
final class MistakenBodies {
    private MistakenBodies() {}

    /**
     * Bytes that may have been signed.
     *
     * @param mistake null for the body that was sent
     */
    record Body(@Nullable SignatureFinding mistake, byte[] bytes) {}

    /** The body itself first. */
    static List<Body> of(String sent) {
        List<Body> bodies = new ArrayList<>();
        bodies.add(new Body(null, utf8(sent)));
        bodies.add(new Body(SignatureFinding.BODY_SIGNED_WITH_NEWLINE, utf8(sent + "\n")));
        addUnlessEqual(bodies, sent, SignatureFinding.BODY_SENT_WITH_NEWLINE, withoutNewline(sent));
        addUnlessEqual(bodies, sent, SignatureFinding.BODY_SIGNED_WITHOUT_BLANKS, spaced(sent, ""));
        addUnlessEqual(bodies, sent, SignatureFinding.BODY_SIGNED_WITH_BLANKS, spaced(sent, " "));
        addUnlessEqual(bodies, sent, SignatureFinding.BODY_NOT_SIGNED, "");
        return bodies;
    }

    private static void addUnlessEqual(List<Body> bodies, String sent, SignatureFinding mistake, String signed) {
        if (!signed.equals(sent)) {
            bodies.add(new Body(mistake, utf8(signed)));
        }
    }

    private static String withoutNewline(String text) {
        String without = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return without.endsWith("\r") ? without.substring(0, without.length() - 1) : without;
    }

    /** The JSON without the blanks between its tokens, then with a given one behind each colon and comma. */
    private static String spaced(String json, String blank) {
        StringBuilder spaced = new StringBuilder(json.length());
        boolean inText = false;
        boolean escaped = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inText) {
                spaced.append(c);
                inText = escaped || c != '"';
                escaped = !escaped && c == '\\';
            } else if (" \t\r\n".indexOf(c) < 0) {
                spaced.append(c);
                inText = c == '"';
                if (c == ':' || c == ',') {
                    spaced.append(blank);
                }
            }
        }
        return spaced.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
