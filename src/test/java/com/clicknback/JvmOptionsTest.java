package com.clicknback;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.ServiceProcess;
import com.clicknback.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of the JVM in production. */
class JvmOptionsTest {
    private static final String FILE = "@" + Path.of("conf/jvm.options").toAbsolutePath();
    private static final String WARNING = "would not end when it runs out of memory";

    @Test
    void areTakenByTheJvm() throws IOException {
        assertThat(flags())
                .containsPattern("MaxHeapSize\\s+= " + 256 * 1024 * 1024 + " ")
                .containsPattern("MaxNewSize\\s+= " + 32 * 1024 * 1024 + " ")
                .containsPattern("MinHeapFreeRatio\\s+= 20 ")
                .containsPattern("MaxHeapFreeRatio\\s+= 30 ")
                .containsPattern("SurvivorRatio\\s+= 4 ")
                .containsPattern("ArchiveRelocationMode\\s+= 0 ")
                .containsPattern("UseSerialGC\\s+= true ")
                .containsPattern("ReservedCodeCacheSize\\s+= " + 48 * 1024 * 1024 + " ")
                .containsPattern("MaxInlineLevel\\s+= 9 ")
                .containsPattern("TrimNativeHeapInterval\\s+= 1000 ")
                .containsPattern("ExitOnOutOfMemoryError\\s+= true ");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void makeObjectsSmallerWhereTheJvmCan() throws IOException {
        assertThat(flags()).containsPattern("UseCompactObjectHeaders\\s+= true ");
    }

    private static String flags() throws IOException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        FILE,
                        "-XX:+PrintFlagsFinal",
                        "-version")
                .redirectErrorStream(true)
                .start();
        return new String(java.getInputStream().readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/deployment.md", "Dockerfile"})
    void areUsedWhereverTheServiceIsStartedForOthers(String file) throws IOException {
        assertThat(Files.readString(Path.of(file))).contains("@conf/jvm.options");
    }

    @Test
    void aStartWithoutThemWarns() {
        assertThat(outputOfAStartWith(List.of())).contains(WARNING);
        assertThat(outputOfAStartWith(List.of(FILE))).doesNotContain(WARNING);
    }

    private static String outputOfAStartWith(List<String> options) {
        try (ServiceProcess process =
                ServiceProcess.start(TestServer.shared().createMigratedDatabase(), Map.of(), options)) {
            return process.output();
        }
    }
}
