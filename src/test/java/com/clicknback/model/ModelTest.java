package com.clicknback.model;

import com.clicknback.testing.TestServer;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Thousands of operations in the order of chance, on the service and on the model. {@code -Dmodel.seed=…} (several joined
 * by commas) walks other ways than usual, {@code -Dmodel.steps=…} further.
 */
@Tag("model")
@Timeout(3600)
class ModelTest {
    private static final int STEPS = Integer.getInteger("model.steps", 500);

    static LongStream seeds() {
        return Arrays.stream(System.getProperty("model.seed", "1").split(",")).mapToLong(Long::parseLong);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theServiceAndItsModelAgreeAfterEveryStep(long seed) throws SQLException {
        try (Walk walk = new Walk(seed, TestServer.shared().createMigratedDatabase())) {
            int step = 0;
            try {
                while (step < STEPS) {
                    step++;
                    walk.step();
                }
                walk.end();
            } catch (AssertionError | RuntimeException | SQLException failure) {
                throw new AssertionError(
                        "step %s of seed %s, repeated by -Dmodel.seed=%s -Dmodel.steps=%s: %s%nafter%n%s"
                                .formatted(
                                        step,
                                        seed,
                                        seed,
                                        step,
                                        failure.getMessage(),
                                        String.join(System.lineSeparator(), walk.latest())),
                        failure);
            }
        }
    }
}
