package com.clicknback.auth;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.users.EmailAddress;
import com.clicknback.users.EmailSyntax;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.util.function.Function;

/** Sessions over HTTP. */
public final class AuthRoutes implements Routes {
    private static final String LIST = "user-sessions";
    private static final int PASSWORD_LENGTH_MAX = 128;
    private static final int TOKEN_LENGTH_MAX = 4096;

    private final Bus bus;

    public AuthRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("login", this::login)
                .on("refreshTokens", this::refresh)
                .on("logout", this::logout)
                .on("listUserSessions", this::listOfUser);
    }

    /** The body of a login. */
    record Credentials(
            @NotNull @EmailSyntax String email,
            @NotNull @CodePoints(max = PASSWORD_LENGTH_MAX) String password) {

        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[" + email + "]";
        }
    }

    /** The body of a refresh and of a logout. */
    record TokenBody(
            @NotNull @CodePoints(max = TOKEN_LENGTH_MAX) String refreshToken) {

        /** Without the token itself. */
        @Override
        public String toString() {
            return "TokenBody[]";
        }
    }

    private record View(String accessToken, String refreshToken, String tokenType) {
        static View of(Auth.Tokens tokens) {
            return new View(tokens.accessToken(), tokens.refreshToken(), "bearer");
        }

        /** Without the tokens themselves. */
        @Override
        public String toString() {
            return "View[]";
        }
    }

    private Future<Answer> login(Call call) {
        Credentials sent = call.body(Credentials.class);
        EmailAddress email = EmailAddress.parse(sent.email()).orElseThrow();
        return bus.ask(new Auth.Login(email, sent.password(), call.client())).map(tokens -> Answer.ok(View.of(tokens)));
    }

    private Future<Answer> refresh(Call call) {
        TokenBody sent = call.body(TokenBody.class);
        return bus.ask(new Auth.Refresh(sent.refreshToken())).map(tokens -> Answer.ok(View.of(tokens)));
    }

    private Future<Answer> logout(Call call) {
        TokenBody sent = call.body(TokenBody.class);
        return bus.ask(new Auth.Logout(sent.refreshToken())).map(done -> Answer.noContent());
    }

    private Future<Answer> listOfUser(Call call) {
        Listing<Listing.NoFilters> listing = call.listing(LIST, Listing.NoFilters.class);
        return bus.ask(new Users.Get(call.id("id", "user")))
                .compose(user -> bus.ask(new Auth.ListSessions(user.id(), listing.page())))
                .map(page -> Answer.page(LIST, page, Function.identity()));
    }
}
