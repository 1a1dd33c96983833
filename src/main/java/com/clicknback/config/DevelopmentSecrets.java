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
public record DevelopmentSecrets(String jwtSecret, SecretKey encryptionKey) {
    private static final String FILE = "secrets.properties";
    private static final int SECRET_BYTES = 32;

    /** The secrets of a data folder, which are generated when it has none. */
    public static DevelopmentSecrets of(Path dataDir) throws IOException {
        Path file = dataDir.resolve(FILE);
        if (!Files.exists(file)) {
            generate(file);
        }
        Properties kept = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            kept.load(in);
        }
        return new DevelopmentSecrets(
                secret(kept, "jwt_secret"), TextTypes.key(secret(kept, "encryption_key", "payout_key")));
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

    private static void generate(Path file) throws IOException {
        Properties generated = new Properties();
        generated.setProperty("jwt_secret", random());
        generated.setProperty("encryption_key", random());
        StringWriter text = new StringWriter();
        generated.store(text, "Generated for development. Without this file, all sessions end at the next start.");
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
