package com.clicknback.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Plan;
import com.clicknback.testing.ServiceExtension;
import com.clicknback.testing.Sql;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A partner may give all purchases of a user one reference: each of them would be read for each further one. */
@ExtendWith(ServiceExtension.class)
class OrderStoreTest {
    private static final String ORDER = "(order_ref = ";

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

    @Test
    void usersReadABoundedNumberOfWhatPartnersHaveReported(Sql sql) {
        List<String> plan = Plan.of(sql, OrderStore.BY_USERS.others(), 8);

        List<String> searches =
                plan.stream().filter(line -> line.contains(ORDER)).toList();
        assertThat(searches)
                .isNotEmpty()
                .allMatch(line -> line.startsWith("Index Cond: ")
                        && Stream.of("open", "first_by", "merchant_id", "amount_minor", "purchased_at")
                                .allMatch(line::contains));
        // The rows come in the order of the index, so that the limit ends the search.
        int search = plan.indexOf(searches.get(0));
        assertThat(plan.get(search - 2)).endsWith("Limit");
    }
}
