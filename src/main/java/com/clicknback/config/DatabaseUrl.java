package com.clicknback.config;

import com.clicknback.platform.address.Host;
import com.clicknback.platform.address.HostPort;
import com.clicknback.platform.tls.Tls;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database's address apart from its credentials, which a URL may hold.
 *
 * @param uri postgresql://host:port/name, or with several hosts postgresql://a:5432,b:5432/name
 * @param parameters what follows it, by name
 */
public record DatabaseUrl(
        String uri,
        Map<String, String> parameters,
        @Nullable String user,
        @Nullable String password) {
    static final String FORM = "postgresql://host:port/name, perhaps with user:password@ before the host and with"
            + " several hosts (a:5432,b:5432)";

    private static final Pattern URL = Pattern.compile(
            "postgres(?:ql)?://(?:(?<user>[^@/]*)@)?(?<hosts>[^@/?#]+)(?<name>/[^/?#]+)(?:[?](?<query>[^#]*))?");

    private static final int DEFAULT_PORT = 5432;
    private static final int HOSTS_MAX = 8;
    private static final String SESSIONS = "target_session_attrs";

    /** The one kind of session that is of use here, by both of libpq's names. */
    private static final Set<String> WRITABLE = Set.of("read-write", "primary");

    /** Throws IllegalArgumentException for anything but a PostgreSQL URL with a host and a database. */
    static DatabaseUrl parse(String text) {
        Matcher url = URL.matcher(text);
        TextTypes.require(url.matches());
        String[] credentials =
                url.group("user") == null ? new String[0] : url.group("user").split(":", 2);
        String servers = servers(url.group("hosts"));
        String query = url.group("query");
        // Throws for characters that no URL has.
        URI.create("postgresql://host" + url.group("name") + (query == null ? "" : "?" + query));
        return new DatabaseUrl(
                "postgresql://" + servers + url.group("name"),
                parameters(query),
                part(credentials, 0),
                part(credentials, 1));
    }

    private static String servers(String hosts) {
        String[] each = hosts.split(",", -1);
        TextTypes.require(each.length <= HOSTS_MAX);
        return Stream.of(each).map(DatabaseUrl::server).collect(Collectors.joining(","));
    }

    private static String server(String text) {
        URI server = URI.create("postgresql://" + text);
        TextTypes.require(server.getHost() != null && server.getRawUserInfo() == null && HostPort.hasPort(server));
        return server.getHost() + ":" + (server.getPort() < 0 ? DEFAULT_PORT : server.getPort());
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
        Map<String, String> ofTls = new LinkedHashMap<>(parameters);
        ofTls.remove(SESSIONS);
        return Tls.of(ofTls, hosts().allMatch(Host::isLoopback));
    }

    private Stream<String> hosts() {
        String authority = uri.substring(uri.indexOf("//") + 2, uri.lastIndexOf('/'));
        return Stream.of(authority.split(","))
                .map(server -> URI.create("postgresql://" + server).getHost());
    }

    /** True when it asks for sessions that may not write, on which the service cannot run. */
    boolean isForReading() {
        return parameters.containsKey(SESSIONS) && !WRITABLE.contains(parameters.get(SESSIONS));
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
