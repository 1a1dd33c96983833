package com.clicknback.partners.signing;

/** The mistakes that a test of a signature can find, each with what its sender should do. */
public enum SignatureFinding {
    PARTNER_INACTIVE("The partner is inactive. An administrator can activate it."),
    PARTNER_WITHOUT_SECRET("The partner has no secret. An administrator can add one."),
    SECRET_EXPIRED("The secret of this signature has expired. Sign with one that an administrator has added since."),
    SECRET_UNREADABLE("The service cannot read one of the partner's secrets. Its operator has to configure the key."),

    HEADER_MISSING("The header is missing or empty. Send it."),
    HEADER_MALFORMED("The header has the wrong form. "
            + "webhook-id is 1 to 255 visible ASCII characters, webhook-timestamp the seconds since 1970 in digits."),

    TIMESTAMP_IN_MILLISECONDS("The time is in milliseconds. Send the seconds since 1970, and sign the same digits."),
    TIMESTAMP_SIGNED_IN_MILLISECONDS("The signature covers the time in milliseconds. Sign the digits that you send."),
    TIMESTAMP_SIGNED_IN_SECONDS("The signature covers the time in seconds. Send the same digits."),
    TOO_OLD("The time is too long ago. Sign each attempt with the present time, and set your clock."),
    TOO_EARLY("The time is too far ahead. Sign with the present time, and set your clock."),

    SIGNATURE_WITHOUT_VERSION("The signature does not start with v1 and a comma. Put them before it."),
    SIGNATURE_OF_OTHER_VERSION("No signature is of version 1, an HMAC-SHA256. Sign with that one."),
    SIGNATURE_OF_OTHER_LENGTH("No signature is the base64 of 32 bytes. Send the base64 of the whole HMAC-SHA256."),
    SIGNATURE_IN_HEX("The signature is written in hexadecimal digits. Write the bytes of the HMAC in base64."),
    SIGNATURE_IN_OTHER_BASE64("The signature is not in standard base64 with its padding. Use + and / and the =."),

    SECRET_WITH_PREFIX("The key was the whole text of the secret. Take whsec_ off and decode the rest from base64."),
    SECRET_NOT_DECODED("The key was the base64 text of the secret. Decode it: the key is 32 bytes."),

    CONTENT_WITHOUT_ID_AND_TIMESTAMP("The signature covers the body alone. Sign id.timestamp.body."),
    CONTENT_WITHOUT_ID("The signature covers timestamp.body. Sign id.timestamp.body."),
    BODY_NOT_SIGNED("The signature covers no body. Sign the bytes of the body, too, before they are consumed."),
    BODY_SIGNED_WITH_NEWLINE(
            "The signature covers one more newline at the end than the body has. " + "Sign the bytes that you send."),
    BODY_SENT_WITH_NEWLINE(
            "The body ends with a newline that the signature does not cover. " + "Send the bytes that you sign."),
    BODY_SIGNED_WITHOUT_BLANKS("The signature covers the same JSON without blanks. "
            + "Serialise once, and sign and send the same bytes."),
    BODY_SIGNED_WITH_BLANKS("The signature covers the same JSON with a blank behind each colon and comma. "
            + "Serialise once, and sign and send the same bytes."),

    NO_MATCH("The signature matches no secret of this partner, nor do the usual mistakes explain it. "
            + "Compare id, length and SHA-256 of the body with what you signed, then the secret.");

    private final String advice;

    SignatureFinding(String advice) {
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
