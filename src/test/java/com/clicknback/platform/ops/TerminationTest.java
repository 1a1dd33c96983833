package com.clicknback.platform.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TerminationTest {
    /** A process that tells something before its end and something else while it ends. */
    public static final class Ending {
        private Ending() {}

        public static void main(String[] arguments) {
            Termination.unlessUnderWay(() -> System.out.println("before"));
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(() -> Termination.unlessUnderWay(() -> System.out.println("meanwhile"))));
            System.exit(0);
        }
    }

    /** Nobody needs the words of a start that is stopped in its middle. */
    @Test
    void onlyAProcessThatGoesOnTellsItsFailures() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ending.class.getName())
                .start();

        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).lines())
                .containsExactly("before");
        assertThat(process.waitFor()).isZero();
    }
}
