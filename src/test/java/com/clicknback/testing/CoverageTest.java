package com.clicknback.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clicknback.testing.ApiOperation.Body;
import com.clicknback.testing.ApiOperation.Caller;
import com.clicknback.testing.ApiOperation.Documents;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CoverageTest {
    private final Coverage coverage = new Coverage();
    private final List<ApiOperation> operations =
            List.of(operation("open", 200, 405), operation("close", 204, 404, 405));

    private static ApiOperation operation(String id, Integer... statuses) {
        Documents documents = new Documents(List.of(), List.of(), List.of());
        return new ApiOperation(
                id, "POST", "/" + id, Caller.ANYONE, Body.NONE, new TreeSet<>(List.of(statuses)), Map.of(), documents);
    }

    @Test
    void namesEachDocumentedAnswerThatWasNotSeen() {
        coverage.add("open", 200);
        coverage.add("close", 404);
        coverage.add("close", 405);
        assertThat(coverage.missing(operations)).containsExactly("open 405", "close 204");
        assertThatThrownBy(() -> coverage.requireComplete(operations))
                .isInstanceOf(AssertionError.class)
                .hasMessage("2 documented answers that no test has seen:%n  open 405%n  close 204".formatted());
    }

    @Test
    void isCompleteOnceAllWereSeenHoweverOften() {
        operations.forEach(operation -> operation.statuses().forEach(status -> {
            coverage.add(operation.id(), status);
            coverage.add(operation.id(), status);
        }));
        assertThat(coverage.missing(operations)).isEmpty();
        coverage.requireComplete(operations);
    }
}
