package com.clicknback.auth;

import com.clicknback.auth.AuthRoutes.Credentials;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.users.EmailAddress;
import com.clicknback.users.UserView;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sessions of pages in a browser. The refresh token is in a cookie that no script can read. Each operation demands a
 * header that no form and no page of another origin can send, so that nobody else's page can use the cookie.
 */
public final class BrowserRoutes implements Routes {
    static final String COOKIE = "__Host-clicknback-session";
    static final String CSRF_HEADER = "X-Csrf-Protection";

    private final Bus bus;
    private final Duration validity;

    /**
     * @param validity how long a browser keeps the cookie, the same as the refresh token's own
     */
    public BrowserRoutes(Bus bus, Duration validity) {
        this.bus = bus;
        this.validity = validity;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("openBrowserSession", this::open)
                .on("refreshBrowserSession", this::refresh)
                .on("closeBrowserSession", this::close);
    }

    private record View(String accessToken, String tokenType, UserView user) {
        /** Without the token itself. */
        @Override
        public String toString() {
            return "View[]";
        }
    }

    private Future<Answer> open(Call call) {
        requireOwnPage(call);
        Credentials sent = call.body(Credentials.class);
        EmailAddress email = EmailAddress.parse(sent.email()).orElseThrow();
        return bus.ask(new Auth.Login(email, sent.password(), call.client())).map(this::answer);
    }

    private Future<Answer> refresh(Call call) {
        requireOwnPage(call);
        return bus.ask(new Auth.Refresh(refreshToken(call))).map(this::answer);
    }

    private Future<Answer> close(Call call) {
        requireOwnPage(call);
        return bus.ask(new Auth.Logout(refreshToken(call)))
                .map(done -> Answer.noContent().with("Set-Cookie", cookie("", Duration.ZERO)));
    }

    private Answer answer(Auth.Tokens tokens) {
        return Answer.ok(new View(tokens.accessToken(), "bearer", UserView.of(tokens.user())))
                .with("Set-Cookie", cookie(tokens.refreshToken(), validity));
    }

    private static void requireOwnPage(Call call) {
        if (!"1".equals(call.header(CSRF_HEADER))) {
            throw DomainException.validation(CSRF_HEADER, "must be 1");
        }
    }

    /**
     * The refresh token of the cookie; empty, which is no token, unless exactly one bears the name. A browser lets no neighbour
     * set a cookie of this name. It would set one whose name a lenient reader takes for it, such as one behind a comma, so
     * names are compared as they were sent.
     */
    private static String refreshToken(Call call) {
        String header = call.header("Cookie");
        List<String> found = header == null
                ? List.of()
                : Stream.of(header.split("; ", -1))
                        .filter(pair -> pair.startsWith(COOKIE + "="))
                        .map(pair -> pair.substring(COOKIE.length() + 1))
                        .toList();
        return found.size() == 1 ? found.get(0) : "";
    }

    private static String cookie(String refreshToken, Duration validity) {
        DefaultCookie cookie = new DefaultCookie(COOKIE, refreshToken);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(true);
        cookie.setSameSite(SameSite.Strict);
        cookie.setMaxAge(validity.toSeconds());
        return ServerCookieEncoder.STRICT.encode(cookie);
    }
}
