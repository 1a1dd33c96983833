package com.clicknback.demo;

import com.clicknback.money.Money;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Random purchases of many users. Each has its own external id. */
final class DemoShoppers {
    static final String ALICE = "b7e2c1a2-4f3a-4e2b-9c1a-8d2e3f4b5c6d";
    static final String SHOPLY = "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d";

    /** The users of {@code demo-shoppers.sql}. */
    static final List<UUID> USERS = LongStream.rangeClosed(1, 300)
            .mapToObj(number -> UUID.fromString(String.format(Locale.ROOT, "dd200000-0000-4000-8000-%012d", number)))
            .toList();

    /** Active, with an offer in force or a default; not the merchant whose purchases are rejected. */
    private static final List<String> MERCHANTS = List.of(
            SHOPLY,
            "b2c3d4e5-f6a7-4b8c-9d0e-1f2a3b4c5d6e",
            "c3d4e5f6-a7b8-4c9d-0e1f-2a3b4c5d6e7f",
            "d4e5f6a7-b8c9-4d0e-1f2a-3b4c5d6e7f8a",
            "f6a7b8c9-d0e1-4f2a-3b4c-5d6e7f8a9b0c",
            "a7b8c9d0-e1f2-4a3b-4c5d-6e7f8a9b0c1d",
            "b8c9d0e1-f2a3-4b4c-5d6e-7f8a9b0c1d2e",
            "e1f2a3b4-c5d6-4e7f-8a9b-0c1d2e3f4a5b",
            "c1d2e3f4-a5b6-4c7d-8e9f-0a1b2c3d4e5f",
            "f4a5b6c7-d8e9-4f0a-1b2c-3d4e5f6a7b8c");

    private static final int AMOUNT_MINOR_MIN = 1_00;
    private static final int AMOUNT_MINOR_MAX = 250_00;

    private final RandomGenerator random;
    private final String idPrefix;
    private long bought;

    /**
     * @param since the start of this run; with the random part it keeps external ids apart from those of other runs
     */
    DemoShoppers(Instant since, RandomGenerator random) {
        this.random = random;
        this.idPrefix = "demo-" + since.toEpochMilli() + "-" + HexFormat.of().toHexDigits(random.nextInt()) + "-";
    }

    DemoPurchase buy(Instant now) {
        return new DemoPurchase(
                idPrefix + ++bought,
                anyOf(USERS).toString(),
                anyOf(MERCHANTS),
                Money.ofMinor(random.nextInt(AMOUNT_MINOR_MIN, AMOUNT_MINOR_MAX + 1)),
                now);
    }

    private <T> T anyOf(List<T> ids) {
        return ids.get(random.nextInt(ids.size()));
    }
}
