package com.clicknback.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.clicknback.testing.Scenario;
import com.clicknback.testing.TestService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The cost of a first screen: few bytes, and no request that waits for more than two others. It prints how long it took
 * here, which is no part of what it holds.
 */
class FirstLoadTest extends Story {
    private static final int BYTES_MAX = 150 * 1024;

    /** The page, its style and picture, the modules, and what the screen itself asks for. */
    private static final int REQUESTS_MAX = 85;

    private static final String LOADED = """
            const known = new Set([...document.querySelectorAll('link')].map((link) => link.href));
            return performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).map((one) => ({
              path: new URL(one.name).pathname, bytes: one.transferSize, known: known.has(one.name),
            }));
            """;

    FirstLoadTest(TestService service, Scenario given) {
        super(service, given);
    }

    @Test
    void theConsoleAsksForItsSessionAndThenForItsData() {
        given.buyCredited(given.user(), given.merchant("5"), "61.30");
        as(given.admin(), "/console/purchases");
        browser.sees("61.30");

        assertThat(asked(firstLoad("/console/purchases", "61.30")))
                .containsExactly("/api/v1/auth/browser-session/refresh", "/api/v1/purchases");
        assertThat(asked(firstLoad("/console", "Last events")))
                .startsWith("/api/v1/auth/browser-session/refresh")
                .as("besides the stream, which does not end")
                .containsExactlyInAnyOrder("/api/v1/auth/browser-session/refresh", "/api/v1/partners");
    }

    @Test
    void theShoppersAppDoesToo() {
        as(given.user(), "/app");
        browser.sees("Available");

        assertThat(asked(firstLoad("/app", "No purchase has arrived yet.")))
                .startsWith("/api/v1/auth/browser-session/refresh")
                .containsExactlyInAnyOrder(
                        "/api/v1/auth/browser-session/refresh",
                        "/api/v1/users/me/wallet",
                        "/api/v1/users/me/purchases");
    }

    /** All that a browser with an empty cache loads until this text is there. */
    private List<Map<?, ?>> firstLoad(String path, String text) {
        browser.forgetsFiles();
        browser.open(path);
        browser.sees(text);
        List<Map<?, ?>> loaded = ((List<?>) browser.script(LOADED))
                .stream().<Map<?, ?>>map(one -> (Map<?, ?>) one).toList();
        long bytes = loaded.stream()
                .mapToLong(one -> ((Number) one.get("bytes")).longValue())
                .sum();
        System.out.println("first load of " + path + ": " + loaded.size() + " requests, " + bytes
                + " bytes, usable after " + browser.script("return Math.round(performance.now())") + " ms at most");
        assertThat(bytes).isBetween(1L, (long) BYTES_MAX);
        assertThat(loaded).hasSizeLessThanOrEqualTo(REQUESTS_MAX);
        assertThat(loaded)
                .as("files that a script had to ask for, a round trip later")
                .noneMatch(one -> String.valueOf(one.get("path")).startsWith("/assets/")
                        && Boolean.FALSE.equals(one.get("known")));
        return loaded;
    }

    /** The calls of the API, in their order. */
    private static List<String> asked(List<Map<?, ?>> loaded) {
        return loaded.stream()
                .map(one -> String.valueOf(one.get("path")))
                .filter(path -> path.startsWith("/api/"))
                .toList();
    }
}
