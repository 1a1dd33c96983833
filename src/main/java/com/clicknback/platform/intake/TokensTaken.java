package com.clicknback.platform.intake;

import com.clicknback.platform.bus.Notice;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells other nodes which tokens of rate limits were taken, so that they count them too.
 *
 * @param byLimit the tokens by limit and key; negative for tokens that were given back
 */
public record TokensTaken(@Nullable Map<String, Map<String, Integer>> byLimit) implements Notice {
    @Override
    public Map<String, Map<String, Integer>> byLimit() {
        return byLimit == null ? Map.of() : byLimit;
    }
}
