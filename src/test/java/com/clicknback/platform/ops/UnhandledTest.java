package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.config.Configuration;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A process whose limit of threads is too low for it: what follows a thread that is not made never comes. */
class UnhandledTest {
    private static final int OUT_OF_MEMORY = 3;

    @Test
    void aThreadThatCannotBeMadeEndsTheProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exhausted.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(OUT_OF_MEMORY);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anythingElseDoesNot() {
        List<Integer> ends = new ArrayList<>();

        Unhandled.take(brief(new IllegalStateException("a defect")), ends::add);
        Unhandled.take(brief(new OutOfMemoryError("of buffers") {}), ends::add);
        assertThat(ends).isEmpty();

        Unhandled.take(new OutOfMemoryError("unable to create native thread"), ends::add);
        assertThat(ends).containsExactly(OUT_OF_MEMORY);
    }

    private static Throwable brief(Throwable failure) {
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }

    /** Its event loops keep it alive. */
    static final class Exhausted {
        private Exhausted() {}

        public static void main(String[] arguments) {
            Vertx vertx = Configuration.vertx();
            vertx.runOnContext(started -> {
                throw new OutOfMemoryError("unable to create native thread");
            });
        }
    }
}
