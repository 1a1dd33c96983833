package com.clicknback.users;

import com.clicknback.audit.Actor;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.CodePoints;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts over HTTP. */
public final class UserRoutes implements Routes {
    private static final String LIST = "users";
    private static final int PASSWORD_LENGTH_MAX = 128;

    private final Bus bus;

    public UserRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("registerUser", this::register)
                .on("listUsers", this::list)
                .on("getUser", this::get)
                .on("updateUser", this::update)
                .on("endUserSessions", this::endSessions)
                .on("endMySessions", this::endOwnSessions)
                .on("getCurrentUser", this::current)
                .on("changePassword", this::changePassword);
    }

    /**
     * A registration.
     *
     * @param active checked for its type and otherwise ignored: accounts start active
     */
    record Registration(
            @NotNull @EmailSyntax String email,
            @NotNull @CodePoints(max = PASSWORD_LENGTH_MAX) String password,
            @Nullable Boolean active) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Registration[" + email + "]";
        }
    }

    /** The body of a change of the own password. */
    record PasswordChange(
            @NotNull @CodePoints(max = PASSWORD_LENGTH_MAX) String currentPassword,
            @NotNull @CodePoints(max = PASSWORD_LENGTH_MAX) String newPassword) {

        /** Without the passwords. */
        @Override
        public String toString() {
            return "PasswordChange[]";
        }
    }

    private Future<Answer> register(Call call) {
        Registration wanted = call.body(Registration.class);
        EmailAddress email = EmailAddress.parse(wanted.email()).orElseThrow();
        return bus.ask(new Users.Register(email, wanted.password(), call.requestId()))
                .map(user -> Answer.created(UserView.of(user)));
    }

    private record Filters(
            @Nullable @CodePoints(min = 1, max = EmailAddress.LENGTH_MAX)
            String email,

            @Nullable UUID id,
            @Nullable Role role,
            @Nullable Boolean active) {}

    private Future<Answer> list(Call call) {
        Listing<Filters> listing = call.listing(LIST, Filters.class);
        Filters filters = listing.filters();
        return bus.ask(new Users.ListAll(
                        listing.page(), filters.email(), filters.id(), filters.role(), filters.active()))
                .map(page -> Answer.page(LIST, page, UserView::of));
    }

    private Future<Answer> get(Call call) {
        return bus.ask(new Users.Get(call.id("id", "user"))).map(user -> Answer.ok(UserView.of(user)));
    }

    /** The body of updateUser. */
    record Access(@Nullable Role role, @Nullable Boolean active) {}

    private Future<Answer> update(Call call) {
        Access wanted = call.body(Access.class);
        return bus.ask(new Users.Update(call.id("id", "user"), wanted.role(), wanted.active(), admin(call)))
                .map(user -> Answer.ok(UserView.of(user)));
    }

    private Future<Answer> endSessions(Call call) {
        return bus.ask(new Users.EndSessions(call.id("id", "user"), admin(call)))
                .map(done -> Answer.noContent());
    }

    private Future<Answer> endOwnSessions(Call call) {
        UUID id = call.user().id();
        Actor self = call.user().admin() ? admin(call) : Actor.user(id, call.requestId());
        return bus.ask(new Users.EndSessions(id, self)).map(done -> Answer.noContent());
    }

    private static Actor admin(Call call) {
        return Actor.admin(call.user().id(), call.requestId());
    }

    private Future<Answer> current(Call call) {
        return bus.ask(new Users.Find(call.user().id())).map(found -> {
            if (found.user() == null) {
                throw new DomainException(ErrorCode.INVALID_TOKEN, "The account of this token no longer exists.");
            }
            return Answer.ok(UserView.of(found.user()));
        });
    }

    private Future<Answer> changePassword(Call call) {
        PasswordChange wanted = call.body(PasswordChange.class);
        return bus.ask(new Users.ChangePassword(
                        call.user().id(),
                        call.user().sessionId(),
                        wanted.currentPassword(),
                        wanted.newPassword(),
                        call.requestId()))
                .map(user -> Answer.ok(UserView.of(user)));
    }
}
