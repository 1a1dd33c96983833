package com.clicknback.config;

import static java.util.Objects.requireNonNull;

import com.clicknback.platform.db.DatabaseSettings;
import com.clicknback.platform.db.DatabaseSettings.Credentials;
import com.clicknback.platform.embedded.EmbeddedDatabase;
import com.clicknback.platform.embedded.Roles;
import com.clicknback.platform.tls.Tls;
import java.util.List;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The complete configuration of a running service: its settings, and what they leave open until it is known where the
 * database is.
 */
public record AppConfig(Settings settings, DatabaseSettings database, Secrets secrets) {

    /**
     * The keys of this service.
     *
     * @param jwtSecret signs tokens; at least 32 bytes
     * @param encryptionKey encrypts what the database must not show; 256 bits
     * @param olderKeys were encryption keys before, and still decrypt
     * @param receiptKey signs receipts; 256 bits
     * @param olderReceiptKeys signed receipts before, which can still be verified
     */
    public record Secrets(
            String jwtSecret,
            SecretKey encryptionKey,
            List<SecretKey> olderKeys,
            SecretKey receiptKey,
            List<SecretKey> olderReceiptKeys) {
        @Override
        public String toString() {
            return "Secrets[…]";
        }
    }

    /** The configuration for the database that the settings name; only when they name one. */
    public static AppConfig external(Settings settings) {
        DatabaseUrl url = requireNonNull(settings.database().url())
                .withCredentials(settings.database().user(), settings.database().password());
        return new AppConfig(
                settings,
                external(settings.database(), url),
                new Secrets(
                        requireNonNull(settings.jwt().secret()),
                        requireNonNull(settings.encryption().key()),
                        settings.encryption().oldKeys(),
                        requireNonNull(settings.receipt().key()),
                        settings.receipt().oldKeys()));
    }

    /** The configuration for an embedded database; secrets that are not set are the generated ones. */
    public static AppConfig embedded(
            Settings settings, EmbeddedDatabase.Address address, DevelopmentSecrets generated) {
        String jwtSecret = settings.jwt().secret();
        SecretKey encryptionKey = settings.encryption().key();
        SecretKey receiptKey = settings.receipt().key();
        return new AppConfig(
                settings,
                embedded(settings.database(), address),
                new Secrets(
                        jwtSecret == null ? generated.jwtSecret() : jwtSecret,
                        encryptionKey == null ? generated.encryptionKey() : encryptionKey,
                        settings.encryption().oldKeys(),
                        receiptKey == null ? generated.receiptKey() : receiptKey,
                        settings.receipt().oldKeys()));
    }

    private static DatabaseSettings external(Settings.Database settings, DatabaseUrl url) {
        Credentials user = new Credentials(requireNonNull(url.user()), textOrNone(url.password()));
        Credentials owner = settings.ownerUser() == null
                ? user
                : new Credentials(settings.ownerUser(), textOrNone(settings.ownerPassword()));
        try {
            return new DatabaseSettings(
                    url.uri(),
                    url.tls(),
                    settings.behindPooler(),
                    user,
                    owner,
                    settings.poolSize(),
                    settings.waitQueue(),
                    settings.statementTimeoutMs());
        } catch (Tls.RefusedException checkedBefore) {
            throw new IllegalArgumentException(checkedBefore);
        }
    }

    private static String textOrNone(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static DatabaseSettings embedded(Settings.Database limits, EmbeddedDatabase.Address address) {
        return new DatabaseSettings(
                address.uri(),
                Tls.DISABLED,
                false,
                new Credentials(Roles.SERVICE, address.password()),
                new Credentials(Roles.OWNER, address.password()),
                limits.poolSize(),
                limits.waitQueue(),
                limits.statementTimeoutMs());
    }
}
