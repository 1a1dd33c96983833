package com.clicknback.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {
    @Test
    void fewerThanTheConnectionsAndTheOtherFilesAreWorthAWarning() {
        assertThat(OpenFiles.warning(8_592, 8_192)).isEmpty();
        assertThat(OpenFiles.warning(8_591, 8_192))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("may open 8591 files", "http.connections_max = 8192 needs 8592"));
    }
}
