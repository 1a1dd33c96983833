package com.clicknback.model;

import java.util.List;
import java.util.stream.Stream;

/**
 * The answer to an operation: the HTTP status and the known parts of the body, for a refusal its code first.
 */
record Verdict(int status, List<String> facts) {
    static final Verdict NOTHING = new Verdict(0, List.of());

    static Verdict of(int status, String... facts) {
        return new Verdict(status, List.of(facts));
    }

    static Verdict refused(int status, String code, String... facts) {
        return new Verdict(
                status, Stream.concat(Stream.of(code), Stream.of(facts)).toList());
    }

    boolean isRefusal() {
        return status >= 400;
    }
}
