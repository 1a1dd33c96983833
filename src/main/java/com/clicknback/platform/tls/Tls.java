package com.clicknback.platform.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of connections to the database and the servers that they trust, in the terms of libpq.
 *
 * @param rootCertificate a PEM file of the authorities that are trusted; null for those that Java trusts
 * @param certificate a PEM file with the client's certificate, if it has one
 * @param key a PEM file (PKCS #8) with the key of the certificate
 * @param assumed true when nothing was said about TLS
 */
public record Tls(
        Mode mode,
        @Nullable Path rootCertificate,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean assumed) {

    /** The modes of libpq but for {@code allow}, which nobody should want. */
    public enum Mode {
        DISABLE,
        PREFER,
        REQUIRE,
        VERIFY_CA,
        VERIFY_FULL;

        private String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Without encryption. */
    public static final Tls DISABLED = new Tls(Mode.DISABLE, null, null, null, false);

    private static final String MODE = "sslmode";
    private static final String ROOT = "sslrootcert";
    private static final String CERTIFICATE = "sslcert";
    private static final String KEY = "sslkey";
    private static final Set<String> PARAMETERS = Set.of(MODE, ROOT, CERTIFICATE, KEY);
    private static final String JAVA_TRUST = "org.postgresql.ssl.DefaultJavaSSLFactory";
    private static final String HOST_NAMES = "HTTPS";

    /** Parameters that cannot be followed; the message completes the sentence that names the setting. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;

        private RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Reads the parameters of a URL.
     *
     * @param loopback whether the server is on this machine, where nobody can listen in
     */
    public static Tls of(Map<String, String> parameters, boolean loopback) throws RefusedException {
        for (String name : parameters.keySet()) {
            refuseIf(
                    !PARAMETERS.contains(name),
                    "has the parameter " + name
                            + ": it takes only sslmode, sslrootcert, sslcert, sslkey and target_session_attrs");
        }
        Mode mode = mode(parameters.get(MODE), loopback);
        Tls tls = new Tls(
                mode,
                file(parameters, ROOT),
                file(parameters, CERTIFICATE),
                file(parameters, KEY),
                !parameters.containsKey(MODE));
        tls.requireSense();
        return tls;
    }

    private static Mode mode(@Nullable String text, boolean loopback) throws RefusedException {
        if (text == null) {
            return loopback ? Mode.PREFER : Mode.VERIFY_FULL;
        }
        for (Mode mode : Mode.values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw new RefusedException("has an unknown sslmode: it must be one of "
                + Arrays.stream(Mode.values()).map(Mode::text).collect(Collectors.joining(", ")));
    }

    private static @Nullable Path file(Map<String, String> parameters, String name) throws RefusedException {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        Path file = Path.of(text);
        refuseIf(
                !Files.isReadable(file) || Files.isDirectory(file), "names a file as " + name + " that cannot be read");
        return file;
    }

    private void requireSense() throws RefusedException {
        refuseIf(
                rootCertificate != null && !verifies(),
                "has sslrootcert, which sslmode=" + mode.text()
                        + " would not look at: use sslmode=verify-full or verify-ca");
        refuseIf(
                mode == Mode.VERIFY_CA && rootCertificate == null,
                "needs sslrootcert with sslmode=verify-ca, or anybody's certificate from a public authority would do");
        refuseIf((certificate == null) != (key == null), "needs sslcert and sslkey together, or neither");
        refuseIf(
                certificate != null && mode == Mode.DISABLE,
                "has sslcert, which sslmode=disable would not send: use sslmode=verify-full");
        refuseIf(
                certificate != null && verifies() && rootCertificate == null,
                "needs sslrootcert together with sslcert");
    }

    private static void refuseIf(boolean wrong, String message) throws RefusedException {
        if (wrong) {
            throw new RefusedException(message);
        }
    }

    /** True when the server must prove who it is. */
    public boolean verifies() {
        return mode == Mode.VERIFY_CA || mode == Mode.VERIFY_FULL;
    }

    /** For the pool: whether to speak TLS. What to trust comes with each connection. */
    public void applyTo(PgConnectOptions connect) {
        connect.setSslMode(SslMode.valueOf(mode.name()));
    }

    /** For one connection: what the files hold now. Blocks. Fails when one of them cannot be used. */
    ClientSSLOptions read(Vertx vertx) throws Exception {
        ClientSSLOptions options = new ClientSSLOptions()
                .setHostnameVerificationAlgorithm(mode == Mode.VERIFY_FULL ? HOST_NAMES : "")
                .setTrustAll(!verifies());
        if (rootCertificate != null) {
            TrustOptions trusted = new PemTrustOptions().addCertValue(content(rootCertificate));
            usable(ROOT, rootCertificate, () -> trusted.getTrustManagerFactory(vertx));
            options.setTrustOptions(new NamedRefusals(trusted));
        } else if (verifies()) {
            options.setTrustOptions(OfJava.TRUSTED);
        }
        if (certificate != null && key != null) {
            KeyCertOptions shown =
                    new PemKeyCertOptions().setCertValue(content(certificate)).setKeyValue(content(key));
            usable(CERTIFICATE, certificate, () -> shown.getKeyManagerFactory(vertx));
            options.setKeyCertOptions(shown);
        }
        return options;
    }

    private static Buffer content(Path file) throws IOException {
        return Buffer.buffer(Files.readAllBytes(file));
    }

    /** The client would leave a connection open when it finds out. */
    private static void usable(String name, Path file, Callable<?> use) throws IOException {
        try {
            use.call();
        } catch (Exception e) {
            throw new IOException(name + " " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Made once, since it takes long. */
    private static final class OfJava {
        static final TrustOptions TRUSTED = new NamedRefusals(trustOfJava());

        private OfJava() {}
    }

    private static TrustOptions trustOfJava() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For JDBC, as parameters of a URL: the same checks by the same files. */
    public Map<String, String> jdbcParameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put(MODE, mode.text());
        Map<String, @Nullable Path> files = new HashMap<>();
        files.put(ROOT, rootCertificate);
        files.put(CERTIFICATE, certificate);
        files.put(KEY, key);
        files.forEach((name, file) -> {
            if (file != null) {
                parameters.put(name, file.toString());
            }
        });
        if (verifies() && rootCertificate == null) {
            parameters.put("sslfactory", JAVA_TRUST);
        }
        return parameters;
    }

    /** Parameters of a URL. */
    public static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
