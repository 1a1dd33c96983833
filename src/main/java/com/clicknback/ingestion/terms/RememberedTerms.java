package com.clicknback.ingestion.terms;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The terms of merchants, and those found before. Each use asks the database whether they still stand: their version
 * changes with any of them, in the same transaction. May be used on any thread.
 */
public final class RememberedTerms {
    /** Merchants and periods that are remembered together; some 2 MB. A day of most merchants has two or three. */
    private static final int REMEMBERED_MAX = 10_000;

    private final int max;
    private volatile Remembered remembered = Remembered.NOTHING;

    public RememberedTerms() {
        this(REMEMBERED_MAX);
    }

    RememberedTerms(int max) {
        this.max = max;
    }

    /**
     * Terms that were in force together.
     *
     * @param version empty when they may not be used again
     * @param size merchants and periods
     */
    private record Remembered(Optional<UUID> version, Map<TermsKey, MerchantTerms> terms, int size) {
        static final Remembered NOTHING = new Remembered(Optional.empty(), Map.of(), 0);

        static Remembered of(Optional<UUID> version, Map<TermsKey, MerchantTerms> terms) {
            int size = terms.size();
            for (MerchantTerms merchant : terms.values()) {
                size += merchant.periods().size();
            }
            return new Remembered(version, terms, size);
        }

        boolean stands(Optional<UUID> present) {
            return present.isPresent() && present.equals(version);
        }

        Remembered with(Map<TermsKey, MerchantTerms> found) {
            if (found.isEmpty()) {
                return this;
            }
            Map<TermsKey, MerchantTerms> all = new HashMap<>(terms);
            all.putAll(found);
            return of(version, all);
        }
    }

    /**
     * Finds the terms of merchants on days, among others; merchants that do not exist are missing. The version is read before
     * and after a lookup. Terms are remembered only if it is the same: a version that has passed comes back when a standby
     * takes over that lacks the change.
     */
    public Future<Map<TermsKey, MerchantTerms>> find(SqlConnection connection, Set<TermsKey> keys) {
        Remembered before = remembered;
        Set<TermsKey> missing = new LinkedHashSet<>(keys);
        missing.removeIf(before.terms()::containsKey);
        Future<Optional<UUID>> version = TermsStore.findVersion(connection);
        Future<Map<TermsKey, MerchantTerms>> found =
                missing.isEmpty() ? Future.succeededFuture(Map.of()) : TermsStore.find(connection, missing);
        Future<Optional<UUID>> after = missing.isEmpty() ? version : TermsStore.findVersion(connection);
        return Future.all(version, found, after).compose(all -> {
            Optional<UUID> lasting = version.result().equals(after.result()) ? version.result() : Optional.empty();
            if (before.stands(version.result())) {
                Remembered more = before.with(found.result());
                remember(more.size() <= max && lasting.isPresent() ? more : Remembered.of(lasting, found.result()));
                return Future.succeededFuture(more.terms());
            }
            remember(Remembered.of(lasting, found.result()));
            return missing.size() == keys.size()
                    ? Future.succeededFuture(found.result())
                    : TermsStore.find(connection, keys);
        });
    }

    private void remember(Remembered found) {
        remembered = found.version().isPresent() && found.size() <= max ? found : Remembered.NOTHING;
    }
}
