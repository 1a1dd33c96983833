package com.clicknback.users;

import com.clicknback.platform.bus.Request;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks for a user as the record is at this moment. Fails with {@code OVERLOADED}. */
public record FindUser(UUID id) implements Request<FindUser.Found> {

    /**
     * The answer.
     *
     * @param user null when there is none with this id
     */
    public record Found(@Nullable User user) {}
}
