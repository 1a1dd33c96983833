package com.clicknback.users;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The messages that the users domain answers. */
public final class Users {
    private Users() {}

    /**
     * Opens an account. Fails with PASSWORD_NOT_COMPLEX_ENOUGH, EMAIL_ALREADY_REGISTERED, OVERLOADED.
     *
     * @param requestId the cause in the audit log, where the new user is the actor
     */
    public record Register(EmailAddress email, String password, String requestId) implements Request<User> {

        /** Without the password. */
        @Override
        public String toString() {
            return "Register[" + email + "]";
        }
    }

    /**
     * Finds the user, active or not, who has this e-mail and this password. Takes equally long whichever of them is
     * wrong. Fails with INVALID_CREDENTIALS, RATE_LIMITED, OVERLOADED.
     */
    public record CheckCredentials(EmailAddress email, String password, InetAddress client) implements Request<User> {

        /** Without the password. */
        @Override
        public String toString() {
            return "CheckCredentials[" + email + "]";
        }
    }

    /**
     * Replaces a user's password, which ends all of the user's sessions but one. Fails with PASSWORD_NOT_COMPLEX_ENOUGH,
     * WRONG_PASSWORD, RATE_LIMITED, INVALID_TOKEN when the user is gone, OVERLOADED.
     *
     * @param sessionId the session that goes on; null for none
     */
    public record ChangePassword(
            UUID userId, @Nullable UUID sessionId, String currentPassword, String newPassword, String requestId)
            implements Request<User> {

        /** Without the passwords. */
        @Override
        public String toString() {
            return "ChangePassword[" + userId + "]";
        }
    }

    /** Finds one user in the present state. Fails with OVERLOADED. */
    public record Find(UUID id) implements Request<Found> {}

    /** Finds one user in the present state. Fails with NOT_FOUND, OVERLOADED. */
    public record Get(UUID id) implements Request<User> {}

    /**
     * Lists a page of the users that match every filter that is given, the newest first.
     *
     * @param emailPrefix begins the e-mail, ignoring case
     */
    record ListAll(
            PageRequest page,
            @Nullable String emailPrefix,
            @Nullable UUID id,
            @Nullable Role role,
            @Nullable Boolean active)
            implements Request<Page<User>> {}

    /**
     * Sets role and activity of a user; the present ones again change nothing. Deactivation ends the user's sessions. Fails
     * with NOT_FOUND, OWN_ACCOUNT, LAST_ADMIN, FORBIDDEN.
     *
     * @param role null keeps it
     * @param active null keeps it
     */
    record Update(UUID id, @Nullable Role role, @Nullable Boolean active, Actor actor) implements Request<User> {}

    /** Ends all sessions of a user, with their access tokens. Fails with NOT_FOUND. */
    record EndSessions(UUID id, Actor actor) implements Request<Done> {}

    /** Finds some of the users whose e-mail begins with this text, ignoring case, in the order of their e-mails. */
    public record FindByEmail(String prefix) implements Request<Matches> {}

    /** The answer to {@link FindByEmail}. */
    public record Matches(List<User> users) {}

    /**
     * The answer to a lookup.
     *
     * @param user null when there is none with this id
     */
    public record Found(@Nullable User user) {}
}
