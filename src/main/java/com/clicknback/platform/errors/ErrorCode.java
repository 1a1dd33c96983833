package com.clicknback.platform.errors;

/** The refusals a client can receive, each with its HTTP status; the names are part of the HTTP contract. */
public enum ErrorCode {
    VALIDATION_ERROR(422),
    /** A well-formed value that breaks a business rule: the same name on the wire, another status. */
    RULE_VIOLATION(400, "VALIDATION_ERROR"),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    BODY_TIMEOUT(408),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    MISDIRECTED_REQUEST(421),
    RATE_LIMITED(429),
    OVERLOADED(503),
    SERVICE_UNAVAILABLE(503),
    INTERNAL_SERVER_ERROR(500),
    CORS_NOT_ALLOWED(400),
    INVALID_TOKEN(401),
    EXPIRED_TOKEN(401),
    USER_INACTIVE(401),
    FORBIDDEN(403),
    INVALID_CREDENTIALS(401),
    INVALID_REFRESH_TOKEN(401),
    EXPIRED_REFRESH_TOKEN(401),
    TOKEN_REVOKED(401),
    PASSWORD_NOT_COMPLEX_ENOUGH(400),
    WRONG_PASSWORD(400),
    EMAIL_ALREADY_REGISTERED(409),
    OWN_ACCOUNT(409),
    LAST_ADMIN(409),
    ACCOUNT_ERASED(409),
    ACCOUNT_NOT_SETTLED(409),
    MERCHANT_NAME_TAKEN(409),
    MERCHANT_NOT_ACTIVE(422),
    ACTIVE_OFFER_ALREADY_EXISTS(409),
    OFFER_EXPIRED(409),
    OFFER_TERMS_FIXED(409),
    DUPLICATE_PURCHASE(409),
    UNSUPPORTED_CURRENCY(422),
    USER_NOT_ELIGIBLE(422),
    MERCHANT_NOT_ELIGIBLE(422),
    OFFER_NOT_AVAILABLE(422),
    CLICK_NOT_ELIGIBLE(422),
    CLICK_GONE(410),
    INVALID_PURCHASE_STATUS(422),
    PURCHASE_NOT_PENDING(400),
    CASHBACK_NOT_HELD(400),
    PURCHASE_ALREADY_REVERSED(400),
    PURCHASE_NOT_REVERSIBLE(400),
    FEATURE_FLAG_SCOPE_ID_REQUIRED(422),
    FEATURE_FLAG_NOT_FOUND(404),
    INSUFFICIENT_BALANCE(409),
    PAYOUT_POLICY_VIOLATION(422),
    INVALID_PAYOUT_TRANSITION(409),
    OWN_PAYOUT(409),
    FOUR_EYES_REQUIRED(409),
    IDEMPOTENCY_KEY_REUSED(422),
    INVALID_SIGNATURE(401),
    SIGNATURE_EXPIRED(401),
    EXTERNAL_ID_REUSED(409),
    PARTNER_SECRET_LIMIT_REACHED(409),
    PARKED_EVENT_LIMIT_REACHED(429);

    private final int status;
    private final String wireName;

    ErrorCode(int status) {
        this.status = status;
        this.wireName = name();
    }

    ErrorCode(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
    }

    public int status() {
        return status;
    }

    /** The {@code code} member of the error envelope. */
    public String wireName() {
        return wireName;
    }
}
