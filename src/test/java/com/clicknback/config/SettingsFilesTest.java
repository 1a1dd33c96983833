package com.clicknback.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.config.Settings.Log.Format;
import com.clicknback.config.Settings.Log.Level;
import com.clicknback.testing.TestService;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The YAML files that settings are read from. */
class SettingsFilesTest {
    private static Settings read(Path local) {
        Vertx vertx = Vertx.vertx();
        try {
            return TestService.await(Configuration.read(vertx, local));
        } finally {
            TestService.await(vertx.close());
        }
    }

    @Test
    void theLocalFileWinsOverTheDefaults(@TempDir Path folder) throws IOException {
        Path local = Files.writeString(folder.resolve("local.yaml"), "data_dir: elsewhere\nlog:\n  format: json\n");

        assertThat(read(local).dataDir()).hasToString("elsewhere");
        assertThat(read(local).log().format()).isEqualTo(Format.JSON);
        assertThat(read(local).log().level()).isEqualTo(Level.INFO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# nothing yet\n", "  # nothing\n\n# at all"})
    void theLocalFileMaySayNothing(String text, @TempDir Path folder) throws IOException {
        Path local = Files.writeString(folder.resolve("local.yaml"), text);

        assertThat(read(local).dataDir()).hasToString(".data");
        assertThat(read(folder.resolve("absent.yaml")).dataDir()).hasToString(".data");
    }

    @Test
    void aLocalFileThatCannotBeReadIsNotIgnored(@TempDir Path folder) throws IOException {
        Path loop = folder.resolve("local.yaml");
        Files.createSymbolicLink(loop, loop);

        assertThatThrownBy(() -> read(loop)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aFullFolderForTemporaryFilesIsNoFaultOfTheLocalFile() {
        Throwable failure = new VertxException("Unable to unpack conf/", new IOException("No space left on device"));

        assertThat(Configuration.unreadable(failure).problems())
                .singleElement()
                .asString()
                .contains(System.getProperty("java.io.tmpdir"), "cannot be written: No space left on device;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http:\n port: [1, 2\n", "http: {\n", "- a\n- list\n", "just text\n", "---\n", "\tx: 1\n"})
    void aLocalFileThatIsNoYamlIsSaidSoInOneLine(String text, @TempDir Path folder) throws IOException {
        Path local = Files.writeString(folder.resolve("local.yaml"), text);

        assertThatThrownBy(() -> read(local))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .startsWith("conf/local.yaml cannot be read as settings in YAML: ")
                                .doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"log:\n  format: json\nlog:\n  level: warn\n", "http:\n  port: 1\nlog:\n  port: 2\n  port: 3\n"})
    void aSectionOrSettingThatStandsTwiceInTheLocalFileIsNotDropped(String text, @TempDir Path folder)
            throws IOException {
        Path local = Files.writeString(folder.resolve("local.yaml"), text);
        String twice = text.startsWith("log") ? "log" : "port";

        assertThatThrownBy(() -> read(local))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems())
                                .containsExactly("conf/local.yaml cannot be read as settings in YAML: Duplicate field '"
                                        + twice + "'"));
    }

    @Test
    void aLocalFileInAnotherEncodingIsSaidSoInOneLine(@TempDir Path folder) throws IOException {
        Path local = Files.write(folder.resolve("local.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4, '\n'});

        assertThatThrownBy(() -> read(local)).isInstanceOf(ConfigurationException.class);
    }
}
