package com.clicknback.crediting;

import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Purchases that are ingested together, divided into the rows of the work list: those of a shard are neighbours, in the
 * order of ingestion.
 *
 * @param shards one for each row
 * @param firsts the place, from 1, of the first purchase of each row
 * @param lasts of the last one
 */
public record ShardedWork(UUID[] purchaseIds, UUID[] userIds, Short[] shards, Integer[] firsts, Integer[] lasts) {

    public static <P> ShardedWork of(List<P> purchases, Function<P, UUID> id, Function<P, UUID> userId) {
        List<P> sorted = new ArrayList<>(purchases);
        sorted.sort(comparingInt(purchase -> CreditingStore.shard(userId.apply(purchase))));
        List<Short> shards = new ArrayList<>();
        List<Integer> firsts = new ArrayList<>();
        List<Integer> lasts = new ArrayList<>();
        for (int place = 1; place <= sorted.size(); place++) {
            short shard = CreditingStore.shard(userId.apply(sorted.get(place - 1)));
            int row = shards.size() - 1;
            if (row >= 0 && shards.get(row) == shard) {
                lasts.set(row, place);
            } else {
                shards.add(shard);
                firsts.add(place);
                lasts.add(place);
            }
        }
        return new ShardedWork(
                sorted.stream().map(id).toArray(UUID[]::new),
                sorted.stream().map(userId).toArray(UUID[]::new),
                shards.toArray(Short[]::new),
                firsts.toArray(Integer[]::new),
                lasts.toArray(Integer[]::new));
    }

    /** The arguments of a statement: those given, then the arrays in their order. */
    public Object[] arguments(Object... before) {
        return Stream.concat(Stream.of(before), Stream.of(purchaseIds, userIds, shards, firsts, lasts))
                .toArray();
    }
}
