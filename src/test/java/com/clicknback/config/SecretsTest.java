package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.TestConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in files, as orchestrators mount them, and that no secret is ever shown. */
class SecretsTest {
    private static final String OTHER_SECRET = "the secret of another file, 32 bytes or more";
    private static final String OTHER_KEY =
            Base64.getEncoder().encodeToString("0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.UTF_8));

    private final JsonObject tree = TestConfig.defaults();

    @TempDir
    private Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "secret", ""), text)
                .toString();
    }

    private void external() {
        tree.put("CLICKNBACK_DATABASE_URL", "postgresql://db.example:5433/shop")
                .put("CLICKNBACK_DATABASE_USER", "clicknback")
                .put("CLICKNBACK_JWT_SECRET", TestConfig.JWT_SECRET)
                .put("CLICKNBACK_ENCRYPTION_KEY", TestConfig.ENCRYPTION_KEY)
                .put("CLICKNBACK_RECEIPT_KEY", TestConfig.RECEIPT_KEY);
    }

    private AppConfig read() {
        return AppConfig.external(Configuration.of(tree));
    }

    private List<String> problems() {
        return Problem.linesOf(tree);
    }

    @Test
    void readsEachSecretFromTheFileThatItsVariableNames() throws IOException {
        tree.put("CLICKNBACK_DATABASE_URL_FILE", file("postgresql://db.example/shop\n"))
                .put("CLICKNBACK_DATABASE_USER", "clicknback")
                .put("CLICKNBACK_DATABASE_PASSWORD_FILE", file("pass word\n"))
                .put("CLICKNBACK_JWT_SECRET_FILE", file(OTHER_SECRET))
                .put("CLICKNBACK_ENCRYPTION_KEY_FILE", file(OTHER_KEY + "\r\n"))
                .put("CLICKNBACK_ENCRYPTION_OLD_KEYS_FILE", file(TestConfig.ENCRYPTION_KEY + "," + OTHER_KEY + "\n"))
                .put("CLICKNBACK_RECEIPT_KEY_FILE", file(TestConfig.RECEIPT_KEY));

        assertThat(read().database().uri()).isEqualTo("postgresql://db.example:5432/shop");
        assertThat(read().database().user().password()).isEqualTo("pass word");
        assertThat(read().secrets().jwtSecret()).isEqualTo(OTHER_SECRET);
        assertThat(read().secrets().encryptionKey().getEncoded()).asString().startsWith("0123456789");
        assertThat(read().secrets().olderKeys()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"'pass', 'pass'", "'pass\n', 'pass'", "'pass\r\n', 'pass'", "'pass\n\n', 'pass\n'", "' pass ', ' pass '"
    })
    void takesOffTheLineEndOfAFileAndNothingElse(String content, String password) throws IOException {
        external();
        tree.put("CLICKNBACK_DATABASE_PASSWORD_FILE", file(content));

        assertThat(read().database().user().password()).isEqualTo(password);
    }

    @Test
    void theFileOfAVariableWinsOverTheLocalFile() throws IOException {
        external();
        tree.remove("CLICKNBACK_JWT_SECRET");
        tree.getJsonObject("jwt").put("secret", TestConfig.JWT_SECRET);
        tree.put("CLICKNBACK_JWT_SECRET_FILE", file(OTHER_SECRET));

        assertThat(read().secrets().jwtSecret()).isEqualTo(OTHER_SECRET);
    }

    @Test
    void anEmptyFileVariableCountsAsNotSet() {
        external();
        tree.put("CLICKNBACK_JWT_SECRET_FILE", " ");

        assertThat(read().secrets().jwtSecret()).isEqualTo(TestConfig.JWT_SECRET);
    }

    @ParameterizedTest
    @CsvSource({
        "jwt.secret, CLICKNBACK_JWT_SECRET",
        "encryption.key, CLICKNBACK_ENCRYPTION_KEY",
        "encryption.old_keys, CLICKNBACK_ENCRYPTION_OLD_KEYS",
        "receipt.key, CLICKNBACK_RECEIPT_KEY",
        "receipt.old_keys, CLICKNBACK_RECEIPT_OLD_KEYS",
        "database.password, CLICKNBACK_DATABASE_PASSWORD",
        "database.url, CLICKNBACK_DATABASE_URL"
    })
    void refusesASecretAndItsFileAtOnce(String path, String variable) throws IOException {
        external();
        tree.put(variable, "hidden").put(variable + "_FILE", file("hidden too"));

        assertThat(problems())
                .containsExactly("%s (%s) is set twice: %s_FILE is set, too".formatted(path, variable, variable));
    }

    /** Files that no secret can be read from. */
    enum Unreadable {
        ABSENT("there is no such file") {
            @Override
            Path in(Path folder) {
                return folder.resolve("absent");
            }
        },
        EMPTY("it is empty") {
            @Override
            Path in(Path folder) throws IOException {
                return Files.writeString(folder.resolve("empty"), "\n");
            }
        },
        OF_ANOTHER_ENCODING("it is not UTF-8") {
            @Override
            Path in(Path folder) throws IOException {
                return Files.write(folder.resolve("binary"), new byte[] {(byte) 0xE4, 'a'});
            }
        },
        LARGE("it has more than 65536 bytes") {
            @Override
            Path in(Path folder) throws IOException {
                return Files.writeString(folder.resolve("large"), "a".repeat(65_537));
            }
        },
        FOLDER("it is a folder") {
            @Override
            Path in(Path folder) {
                return folder;
            }
        };

        private final String reason;

        Unreadable(String reason) {
            this.reason = reason;
        }

        abstract Path in(Path folder) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void saysWhichFileCannotBeReadAndWhy(Unreadable file) throws IOException {
        external();
        tree.remove("CLICKNBACK_JWT_SECRET");
        Path path = file.in(folder);
        tree.put("CLICKNBACK_JWT_SECRET_FILE", path.toString());

        assertThat(problems())
                .containsExactly("jwt.secret (CLICKNBACK_JWT_SECRET) cannot be read from " + path
                        + ", which CLICKNBACK_JWT_SECRET_FILE names: " + file.reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CLICKNBACK_DATABASE_URL",
                "CLICKNBACK_JWT_SECRET",
                "CLICKNBACK_ENCRYPTION_KEY",
                "CLICKNBACK_ENCRYPTION_OLD_KEYS",
                "CLICKNBACK_RECEIPT_KEY",
                "CLICKNBACK_RECEIPT_OLD_KEYS"
            })
    void showsNoWrongSecretWhereverItStands(String variable) throws IOException {
        external();
        tree.put(variable, "hunter2");
        assertThat(problems()).singleElement().asString().contains(variable).doesNotContain("hunter2");

        tree.remove(variable);
        tree.put(variable + "_FILE", file("hunter2\n"));
        assertThat(problems()).singleElement().asString().contains(variable).doesNotContain("hunter2");
    }

    /** Settings beside the secrets are shown at the start, by the command config and where they are refused. */
    @ParameterizedTest
    @ValueSource(strings = {"http://someone:hunter2@collector.example:4318", "https://hunter2@collector.example"})
    void aUrlThatIsShownHoldsNoPassword(String url) {
        tree.put("CLICKNBACK_TRACING_ENDPOINT", url);

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("without user and password, not 'http", "***@collector.example")
                .doesNotContain("hunter2");
    }

    @Test
    void settingsShowNoSecretWhenTheyArePrinted() {
        external();
        tree.put("CLICKNBACK_DATABASE_URL", "postgresql://someone:hunter2@db.example/shop")
                .put("CLICKNBACK_DATABASE_PASSWORD", "hunter3")
                .put("CLICKNBACK_ENCRYPTION_OLD_KEYS", OTHER_KEY);

        assertThat(read().settings().toString())
                .contains("db.example")
                .doesNotContain(
                        "hunter2",
                        "hunter3",
                        TestConfig.JWT_SECRET,
                        TestConfig.ENCRYPTION_KEY,
                        TestConfig.RECEIPT_KEY,
                        OTHER_KEY,
                        "SecretKey");
    }

    @ParameterizedTest
    @CsvSource({"31, false", "32, true"})
    void countsASecretInBytesNotInCharacters(int bytes, boolean accepted) {
        String secret = "€".repeat(10) + "a".repeat(bytes - 30);
        tree.put("CLICKNBACK_JWT_SECRET", secret);

        assertThat(secret.getBytes(StandardCharsets.UTF_8)).hasSize(bytes);
        assertThat(problems().isEmpty()).isEqualTo(accepted);
    }
}
