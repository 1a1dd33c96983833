package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A partner may give all purchases of a user one reference: each of them would be read for each further one. */
@ExtendWith(ServiceExtension.class)
class OrderStoreTest {
    static List<Arguments> lookups() {
        return List.of(
                Arguments.of(OrderStore.BY_PARTNERS.reporters(), 7), Arguments.of(OrderStore.BY_PARTNERS.others(), 8));
    }

    @ParameterizedTest
    @MethodSource("lookups")
    void partnersFindNothingThatPartnersHaveReported(String lookup, int parameters, Sql sql) {
        assertThat(Plan.of(sql, lookup, parameters))
                .anyMatch(line -> line.startsWith("Index Cond: ") && line.contains("(first_by = 'user'::text)"));
    }
}
