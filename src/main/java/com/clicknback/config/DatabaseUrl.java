package com.clicknback.config;

import com.clicknback.platform.address.Host;
import com.clicknback.platform.tls.Tls;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A database's address apart from its credentials, which a URL may hold.
 *
 * @param uri postgresql://host:port/name
 * @param parameters what follows it, by name
 */
public record DatabaseUrl(
        String uri,
        Map<String, String> parameters,
        @Nullable String user,
        @Nullable String password) {
    static final String FORM = "postgresql://host:port/name, perhaps with user:password@ before the host";

    private static final int DEFAULT_PORT = 5432;

    /** Throws IllegalArgumentException for anything but a PostgreSQL URL with a host and a database. */
    static DatabaseUrl parse(String text) {
        URI url = URI.create(text);
        boolean accepted = ("postgresql".equals(url.getScheme()) || "postgres".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawPath() != null
                && url.getRawPath().matches("/[^/]+")
                && url.getFragment() == null;
        TextTypes.require(accepted);
        int port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        String uri = "postgresql://" + url.getHost() + ":" + port + url.getRawPath();
        String[] credentials = url.getRawUserInfo() == null
                ? new String[0]
                : url.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(uri, parameters(url.getRawQuery()), part(credentials, 0), part(credentials, 1));
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            TextTypes.require(parts.length == 2);
            TextTypes.require(parameters.putIfAbsent(decoded(parts[0]), decoded(parts[1])) == null);
        }
        return parameters;
    }

    private static @Nullable String part(String[] credentials, int index) {
        return index < credentials.length ? decoded(credentials[index]) : null;
    }

    /** A plus sign in a URL is a plus sign, unlike in a form. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The way to the server; fails with {@link Tls.RefusedException} when the parameters make no sense. */
    Tls tls() throws Tls.RefusedException {
        String host = URI.create(uri).getHost();
        return Tls.of(parameters, Host.isLoopback(host));
    }

    /** With credentials that were set apart from the URL and win over those in it. */
    DatabaseUrl withCredentials(@Nullable String otherUser, @Nullable String otherPassword) {
        return new DatabaseUrl(
                uri,
                parameters,
                otherUser == null ? user : otherUser,
                otherPassword == null ? password : otherPassword);
    }

    /** Without credentials, so that it can be shown. */
    @Override
    public String toString() {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&", parameters.isEmpty() ? uri : uri + "?", ""));
    }
}
