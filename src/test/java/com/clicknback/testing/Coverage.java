package com.clicknback.testing;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The contract's answers that tests have seen, each checked against the contract. */
final class Coverage {
    private static final Coverage OF_THIS_RUN = new Coverage();

    private final Set<Seen> seen = ConcurrentHashMap.newKeySet();

    private record Seen(String operationId, int status) {}

    static Coverage ofThisRun() {
        return OF_THIS_RUN;
    }

    void add(String operationId, int status) {
        seen.add(new Seen(operationId, status));
    }

    /** Every documented answer that no test has seen, as operation and status. */
    List<String> missing(Collection<ApiOperation> operations) {
        return operations.stream()
                .flatMap(operation -> operation.statuses().stream()
                        .filter(status -> !seen.contains(new Seen(operation.id(), status)))
                        .map(status -> operation.id() + " " + status))
                .toList();
    }

    /** Fails when there is one. */
    void requireComplete(Collection<ApiOperation> operations) {
        List<String> missing = missing(operations);
        if (!missing.isEmpty()) {
            throw new AssertionError("%s documented answers that no test has seen:%n  %s"
                    .formatted(missing.size(), String.join("%n  ".formatted(), missing)));
        }
    }
}
