package com.clicknback.purchases;

import com.clicknback.ledger.Ledger;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells purchases that another session keeps locked, by their rows or by their owners' wallets, from the others. */
public final class LockedPurchases {
    private static final Logger LOG = LoggerFactory.getLogger(LockedPurchases.class);

    private LockedPurchases() {}

    /** Items about purchases, in their order. */
    public record Sorted<I>(List<I> free, List<I> locked) {}

    /**
     * Waits for no lock. One line of the log tells what is locked.
     *
     * @param purchaseId the purchase of an item
     */
    public static <I> Future<Sorted<I>> sort(Database database, List<I> items, Function<I, UUID> purchaseId) {
        Set<UUID> ids = items.stream().map(purchaseId).collect(Collectors.toSet());
        return database.inTransaction(tx -> DecisionStore.lockFree(tx, ids)
                        .compose(owners -> Ledger.lockFree(tx, new HashSet<>(owners.values()))
                                .map(users -> freeOf(owners, users))))
                .map(free -> {
                    Map<Boolean, List<I>> parts =
                            items.stream().collect(Collectors.partitioningBy(i -> free.contains(purchaseId.apply(i))));
                    Sorted<I> sorted = new Sorted<>(List.copyOf(parts.get(true)), List.copyOf(parts.get(false)));
                    if (!sorted.locked().isEmpty()) {
                        LOG.warn(
                                "another session keeps purchases or their owners' wallets locked, the first of them purchase"
                                        + " {}; {} purchases are passed over",
                                purchaseId.apply(sorted.locked().get(0)),
                                sorted.locked().size());
                    }
                    return sorted;
                });
    }

    private static Set<UUID> freeOf(Map<UUID, UUID> owners, Set<UUID> users) {
        return owners.entrySet().stream()
                .filter(owned -> users.contains(owned.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
