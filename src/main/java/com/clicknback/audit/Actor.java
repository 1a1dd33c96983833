package com.clicknback.audit;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a change, and what made them: goes with every command message so that the change can be audited.
 *
 * @param id null for the system
 * @param cause the request id, or the event or run that made the system act
 */
public record Actor(Type type, @Nullable UUID id, String cause) {

    /** The kinds of actor, named as the audit log shows them. */
    public enum Type {
        SYSTEM,
        ADMIN,
        USER
    }

    /** Before the id of a partner in a cause. */
    private static final String PARTNER = "partner:";

    private static final int UUID_LENGTH = 36;

    /** The cause of what the system does because a partner's request says so. */
    public static String partnerCause(UUID partnerId, String requestId) {
        return PARTNER + partnerId + " request:" + requestId;
    }

    /** The partner whose request made the system act, if it was one. */
    public Optional<UUID> partner() {
        return type == Type.SYSTEM && cause.startsWith(PARTNER)
                ? Optional.of(UUID.fromString(cause.substring(PARTNER.length(), PARTNER.length() + UUID_LENGTH)))
                : Optional.empty();
    }

    public static Actor system(String cause) {
        return new Actor(Type.SYSTEM, null, cause);
    }

    public static Actor admin(UUID id, String requestId) {
        return new Actor(Type.ADMIN, id, requestId);
    }

    public static Actor user(UUID id, String requestId) {
        return new Actor(Type.USER, id, requestId);
    }
}
