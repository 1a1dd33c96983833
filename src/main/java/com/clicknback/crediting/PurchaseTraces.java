package com.clicknback.crediting;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The traces that purchases came with, kept until their crediting, perhaps in another process, looks for them. */
public final class PurchaseTraces {
    private static final Logger LOG = LoggerFactory.getLogger(PurchaseTraces.class);

    private PurchaseTraces() {}

    /**
     * Stores traces, before their purchases are stored. A purchase does not fail because its trace does: that is logged.
     *
     * @param id the id that the purchase of an item will have
     * @param trace of an item, in the form of a {@code traceparent}; null for none
     */
    public static <I> Future<Void> store(
            Database database, Instant now, List<I> items, Function<I, UUID> id, Function<I, @Nullable String> trace) {
        Map<UUID, String> traces = new HashMap<>();
        for (I item : items) {
            String text = trace.apply(item);
            if (text != null) {
                traces.put(id.apply(item), text);
            }
        }
        if (traces.isEmpty()) {
            return Future.succeededFuture();
        }
        return TraceStore.insert(database, traces, now).otherwise(failure -> {
            LOG.warn("the crediting of {} purchases will be missing in their traces", traces.size(), failure);
            return null;
        });
    }
}
