package com.clicknback.config;

import com.clicknback.platform.embedded.PrivateFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import javax.crypto.SecretKey;

/**
 * Secrets for development beside an embedded database: generated at the first start, then kept in the data folder,
 * readable by its owner only.
 */
public record DevelopmentSecrets(String jwtSecret, SecretKey encryptionKey, SecretKey receiptKey) {
    private static final String FILE = "secrets.properties";
    private static final int SECRET_BYTES = 32;
    private static final String JWT_SECRET = "jwt_secret";
    private static final String ENCRYPTION_KEY = "encryption_key";
    private static final String RECEIPT_KEY = "receipt_key";

    /** The secrets of a data folder, which are generated when it has none; a folder of an earlier build gets what it lacks. */
    public static DevelopmentSecrets of(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        Properties kept = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                kept.load(in);
            }
        } else {
            kept.setProperty(JWT_SECRET, random());
            kept.setProperty(ENCRYPTION_KEY, random());
        }
        if (kept.putIfAbsent(RECEIPT_KEY, random()) == null) {
            write(kept, file);
        }
        return new DevelopmentSecrets(
                secret(kept, JWT_SECRET),
                TextTypes.key(secret(kept, ENCRYPTION_KEY, "payout_key")),
                TextTypes.key(secret(kept, RECEIPT_KEY)));
    }

    /**
     * @param names the present one, then earlier ones
     */
    private static String secret(Properties kept, String... names) throws IOException {
        for (String name : names) {
            String value = kept.getProperty(name);
            if (value != null) {
                return value;
            }
        }
        throw new IOException(FILE + " in the data folder lacks " + names[0]);
    }

    private static void write(Properties secrets, Path file) throws IOException {
        StringWriter text = new StringWriter();
        secrets.store(text, "Generated for development. Without this file, all sessions end at the next start.");
        PrivateFile.write(file, text.toString());
    }

    private static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "DevelopmentSecrets[…]";
    }
}
