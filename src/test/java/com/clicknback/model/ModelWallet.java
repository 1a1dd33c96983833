package com.clicknback.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The balances of one user and the movements that led to them. */
final class ModelWallet {
    /** The parts of a wallet, as the wire names them. */
    enum Balance {
        PENDING,
        AVAILABLE,
        RESERVED,
        PAID;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One entry of the journal.
     *
     * @param from null for outside
     * @param to null for outside
     * @param about the purchase or payout that it belongs to
     */
    record Movement(
            String type,
            long amountMinor,
            @Nullable Balance from,
            @Nullable Balance to,
            Object about) {}

    private final Map<Balance, Long> balances = new EnumMap<>(Balance.class);
    private final List<Movement> journal = new ArrayList<>();

    long of(Balance balance) {
        return balances.getOrDefault(balance, 0L);
    }

    List<Movement> journal() {
        return journal;
    }

    /** Nothing moves by an entry of nothing, so there is none. */
    void move(String type, long amountMinor, @Nullable Balance from, @Nullable Balance to, Object about) {
        if (amountMinor == 0) {
            return;
        }
        journal.add(new Movement(type, amountMinor, from, to, about));
        if (from != null) {
            balances.merge(from, -amountMinor, Long::sum);
        }
        if (to != null) {
            balances.merge(to, amountMinor, Long::sum);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Balance balance : Balance.values()) {
            text.append(balance.wireName())
                    .append(' ')
                    .append(Decimals.text(of(balance)))
                    .append(' ');
        }
        return text.toString().strip();
    }
}
