package com.clicknback.platform.errors;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as a value: the error that the client receives. It crosses the bus unchanged. It has no stack trace,
 * because it reports a fault of the request and not a defect.
 */
public final class DomainException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient Map<String, ?> details;
    private final @Nullable Enum<?> reason;

    public DomainException(ErrorCode code, String message, Map<String, ?> details) {
        this(code, message, details, null);
    }

    private DomainException(ErrorCode code, String message, Map<String, ?> details, @Nullable Enum<?> reason) {
        this(code, message, details, reason, null);
    }

    private DomainException(
            ErrorCode code,
            String message,
            Map<String, ?> details,
            @Nullable Enum<?> reason,
            @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
        this.details = details;
        this.reason = reason;
    }

    public DomainException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    @Override
    public String getMessage() {
        return requireNonNull(super.getMessage());
    }

    public ErrorCode code() {
        return code;
    }

    /** The {@code details} member of the error envelope, in its order. */
    public Map<String, ?> details() {
        return details;
    }

    /** The same refusal with a finer reason for operators. The client never sees it. */
    public DomainException because(@Nullable Enum<?> finer) {
        return new DomainException(code, getMessage(), details, finer);
    }

    /** The finer reason, which is for operators only; null when the code says all. */
    public @Nullable Enum<?> reason() {
        return reason;
    }

    /** The code for operators: the finer one where the client is told less. */
    public ErrorCode codeForOperators() {
        return reason instanceof ErrorCode finer ? finer : code;
    }

    /** {@code VALIDATION_ERROR} with status 422. */
    public static DomainException validation(List<Violation> violations) {
        return withViolations(ErrorCode.VALIDATION_ERROR, "The request is not valid.", violations);
    }

    /** {@code VALIDATION_ERROR} with status 422 and one violation. */
    public static DomainException validation(String field, String reason) {
        return validation(List.of(new Violation(field, reason)));
    }

    /** {@code VALIDATION_ERROR} with status 400 and one violation: a well-formed value that a business rule refuses. */
    public static DomainException rule(String field, String reason) {
        return withViolations(ErrorCode.RULE_VIOLATION, reason, List.of(new Violation(field, reason)));
    }

    /** A refusal whose details are {@code {violations: […]}}. */
    public static DomainException withViolations(ErrorCode code, String message, List<?> violations) {
        return new DomainException(code, message, Map.of("violations", violations));
    }

    /** {@code NOT_FOUND} with the id as the client sent it. */
    public static DomainException notFound(String resourceType, Object resourceId) {
        return new DomainException(
                ErrorCode.NOT_FOUND,
                "There is no " + resourceType + " with the id " + resourceId + ".",
                details("resource_type", resourceType, "resource_id", resourceId.toString()));
    }

    /** {@code SERVICE_UNAVAILABLE}: a dependency fails; whether the request took effect may be unknown. */
    public static DomainException unavailable() {
        return unavailable(null);
    }

    /** The same with the failure of the dependency, for those who read logs. The client never sees it. */
    public static DomainException unavailable(@Nullable Throwable cause) {
        return new DomainException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "A dependency of the service is not available. Send the request again later.",
                Map.of("retry_after_seconds", 1),
                null,
                cause);
    }

    /** {@code OVERLOADED}: refused before any effect. */
    public static DomainException overloaded() {
        return new DomainException(
                ErrorCode.OVERLOADED,
                "The service is at its limit. Send the request again later.",
                Map.of("retry_after_seconds", 1));
    }

    /** An ordered map of alternating names and values; values may be null. */
    public static Map<String, Object> details(@Nullable Object... namesAndValues) {
        Map<String, Object> details = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            details.put((String) requireNonNull(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return details;
    }

    /** The same refusal with each violation on a member of the given one, such as {@code data}. */
    public DomainException within(String member) {
        if (!(details.get("violations") instanceof List<?> violations)) {
            return this;
        }
        return withViolations(
                code,
                getMessage(),
                violations.stream()
                        .map(violation -> violation instanceof Violation v
                                ? new Violation(member + "." + v.field(), v.reason())
                                : violation)
                        .toList());
    }

    /** True for {@code SERVICE_UNAVAILABLE}: the database cannot serve now, and a retry may succeed later. */
    public static boolean isUnavailable(Throwable failure) {
        return failure instanceof DomainException refusal && refusal.code() == ErrorCode.SERVICE_UNAVAILABLE;
    }

    /** True for every refusal that says nothing about the request itself: the service cannot judge it now. */
    public static boolean isBusy(Throwable failure) {
        return failure instanceof DomainException refusal
                && refusal.code().status() == ErrorCode.SERVICE_UNAVAILABLE.status();
    }
}
