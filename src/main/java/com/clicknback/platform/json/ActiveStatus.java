package com.clicknback.platform.json;

import jakarta.validation.constraints.NotNull;

/** The two states of what administrators switch on and off, in the words of the contract. */
public enum ActiveStatus {
    ACTIVE,
    INACTIVE;

    /** The state of a thing that is on or off. */
    public static ActiveStatus of(boolean active) {
        return active ? ACTIVE : INACTIVE;
    }

    /** The body of an operation that switches. */
    public record Change(@NotNull ActiveStatus status) {
        public boolean active() {
            return status == ACTIVE;
        }
    }
}
