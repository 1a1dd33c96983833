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
    private int room = Integer.MAX_VALUE;

    private final LogOutput output = new LogOutput(new OutputStream() {
        @Override
        public void write(int single) throws IOException {
            if (room == 0) {
                throw new IOException("No space left on device");
            }
            room--;
            written.write(single);
        }
    });

    @Test
    void countsWhatIsLostAndGoesOn() throws IOException {
        long before = DroppingAppender.dropped();

        output.write("first\n".getBytes(UTF_8));
        room = 0;
        output.write("second\nthird\n".getBytes(UTF_8));
        output.write('\n');
        room = Integer.MAX_VALUE;
        output.write("fourth\n".getBytes(UTF_8));

        assertThat(written).hasToString("first\n\nfourth\n");
        assertThat(DroppingAppender.dropped() - before).isEqualTo(3);
    }

    /** A collector would take the rest of a line and the one behind it for one object, and refuse both. */
    @Test
    void beginsALineBehindOneThatWasCutOff() throws IOException {
        long before = DroppingAppender.dropped();

        room = 4;
        output.write("first\nsecond\nthi".getBytes(UTF_8));
        room = Integer.MAX_VALUE;
        output.write("rd, which goes".getBytes(UTF_8));
        output.write(" on\nfourth\n".getBytes(UTF_8));

        assertThat(written).hasToString("firs\nfourth\n");
        assertThat(DroppingAppender.dropped() - before).isEqualTo(3);
    }
}
