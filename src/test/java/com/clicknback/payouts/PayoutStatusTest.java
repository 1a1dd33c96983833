package com.clicknback.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.platform.db.Words;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoutStatusTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "requested,  'processing, completed, failed'",
        "processing, 'completed, failed'",
        "completed,  ''",
        "failed,     ''"
    })
    void allowsTheTransitionsOfTheContract(String status, String next) {
        List<PayoutStatus> allowed = Words.parse(PayoutStatus.class, status).next();
        assertThat(allowed.stream().map(Words::of).collect(Collectors.joining(", ")))
                .isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"REQUESTED, false", "PROCESSING, false", "COMPLETED, true", "FAILED, true"})
    void endsWhereNothingFollows(PayoutStatus status, boolean end) {
        assertThat(status.isFinal()).isEqualTo(end);
    }
}
