package com.clicknback.partners.deliveries;

/**
 * The reasons for which the signature of a webhook is refused. They are for operators and for the partner itself: a
 * stranger gets the same answer for all but the last two.
 */
public enum SignatureFault {
    PARTNER_UNKNOWN,
    PARTNER_INACTIVE,
    /** The partner is active and has no secret to sign with. */
    PARTNER_WITHOUT_SECRET,
    HEADER_MISSING,
    HEADER_REPEATED,
    /** The message's id or time has not the form of one. */
    HEADER_MALFORMED,
    /** No entry of the signature header is of version 1. */
    NO_SIGNATURE_OF_VERSION_1,
    /** No signature was made with a secret of the partner over these headers and this body. */
    MISMATCH,
    /** The signature is right, and its time is too long ago. */
    TOO_OLD,
    /** The signature is right, and its time is too far ahead. */
    TOO_EARLY
}
