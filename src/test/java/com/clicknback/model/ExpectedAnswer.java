package com.clicknback.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The answer to an operation: the HTTP status and the known parts of the body, for a refusal its code first.
 */
record ExpectedAnswer(int status, List<String> facts) {
    static final ExpectedAnswer NOTHING = new ExpectedAnswer(0, List.of());

    static ExpectedAnswer of(int status, String... facts) {
        return new ExpectedAnswer(status, List.of(facts));
    }

    static ExpectedAnswer refused(int status, String code, String... facts) {
        return new ExpectedAnswer(
                status, Stream.concat(Stream.of(code), Stream.of(facts)).toList());
    }

    boolean isRefusal() {
        return status >= 400;
    }
}
