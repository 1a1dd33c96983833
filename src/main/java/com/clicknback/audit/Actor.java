package com.clicknback.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The author of a change, and what made them act. Goes with every command message so that the change can be audited.
 *
 * @param id null for the system
 * @param cause the request id; for the system, the event or the run that it acts on
 */
public record Actor(Type type, @Nullable UUID id, String cause) {

    /** The kinds of actor. */
    public enum Type {
        SYSTEM,
        ADMIN,
        USER,
        PARTNER
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

    public static Actor partner(UUID id, String requestId) {
        return new Actor(Type.PARTNER, id, requestId);
    }

    /** The author of work that the system adds to this actor's change: the system, or the partner for whom it acts. */
    public Actor ofAddedWork() {
        return type == Type.PARTNER ? this : system(cause);
    }
}
