package com.clicknback.config;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A database's address apart from its credentials, which a URL may hold.
 *
 * @param uri postgresql://host:port/name, perhaps with parameters
 */
public record DatabaseUrl(
        String uri, @Nullable String user, @Nullable String password) {
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
        String parameters = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        String uri = "postgresql://" + url.getHost() + ":" + port + url.getRawPath() + parameters;
        String[] credentials = url.getRawUserInfo() == null
                ? new String[0]
                : url.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(uri, part(credentials, 0), part(credentials, 1));
    }

    private static @Nullable String part(String[] credentials, int index) {
        return index < credentials.length
                // A plus sign in a URL's credentials is a plus sign, unlike in a form.
                ? URLDecoder.decode(credentials[index].replace("+", "%2B"), StandardCharsets.UTF_8)
                : null;
    }

    /** With credentials that were set apart from the URL and win over those in it. */
    DatabaseUrl withCredentials(@Nullable String otherUser, @Nullable String otherPassword) {
        return new DatabaseUrl(
                uri, otherUser == null ? user : otherUser, otherPassword == null ? password : otherPassword);
    }

    /** Without the password, so that it can be logged. */
    @Override
    public String toString() {
        return uri;
    }
}
