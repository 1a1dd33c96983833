package com.clicknback.config;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The secrets that stand in {@code docker-compose.yml} for everybody to read. */
final class PublishedSecrets {
    private static final String JWT_SECRET = "demo-only-jwt-secret-replace-before-use";
    private static final SecretKey ENCRYPTION_KEY = TextTypes.key("ZGVtby1vbmx5LXBheW91dC1rZXktMzItYnl0ZXMtb2s=");
    private static final SecretKey RECEIPT_KEY = TextTypes.key("ZGVtby1vbmx5LXJlY2VpcHQta2V5LTMyLWJ5dGVzLS0=");
    private static final Set<String> DATABASE_PASSWORDS = Set.of("demo-only-database-password");

    private PublishedSecrets() {}

    /** The paths of the settings that hold one. */
    static Stream<String> in(Settings settings) {
        Settings.Database database = settings.database();
        boolean signs = JWT_SECRET.equals(settings.jwt().secret());
        boolean encrypts = ENCRYPTION_KEY.equals(settings.encryption().key());
        boolean promises = RECEIPT_KEY.equals(settings.receipt().key());
        return Map.of(
                        "jwt.secret",
                        signs,
                        "encryption.key",
                        encrypts,
                        "receipt.key",
                        promises,
                        "database.password",
                        isPublished(database.password()),
                        "database.owner_password",
                        isPublished(database.ownerPassword()))
                .entrySet()
                .stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .sorted();
    }

    private static boolean isPublished(@Nullable String password) {
        return password != null && DATABASE_PASSWORDS.contains(password);
    }
}
