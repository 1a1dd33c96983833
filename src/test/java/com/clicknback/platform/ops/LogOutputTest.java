package com.clicknback.platform.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** A log on a disk that is full for a time. */
class LogOutputTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean full;

    private final LogOutput output = new LogOutput(new OutputStream() {
        @Override
        public void write(int single) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            written.write(single);
        }
    });

    @Test
    void countsWhatIsLostAndGoesOn() throws IOException {
        long before = DroppingAppender.dropped();

        output.write("first\n".getBytes(UTF_8));
        full = true;
        output.write("second\nthird\n".getBytes(UTF_8));
        output.write('\n');
        full = false;
        output.write("fourth\n".getBytes(UTF_8));

        assertThat(written).hasToString("first\nfourth\n");
        assertThat(DroppingAppender.dropped() - before).isEqualTo(3);
    }
}
