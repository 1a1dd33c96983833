package com.clicknback.platform.crypto;

import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Encrypts stored rows again, with the current key, so that older keys can be dropped. Works in batches, each committed
 * by itself, alongside live traffic. May be repeated.
 *
 * @param <R> a row as it is stored
 */
public final class Rekeying<R> {
    private static final int BATCH_MAX = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final Sealer sealer;
    private final Sealings<R> rows;
    private final Set<String> unknownKeyIds = new TreeSet<>();
    private long reencrypted;

    private Rekeying(Database database, Sealer sealer, Sealings<R> rows) {
        this.database = database;
        this.sealer = sealer;
        this.rows = rows;
    }

    /** The encrypted rows of one table. */
    public interface Sealings<R> {
        /** The rows that another key encrypts, in the order of their ids. */
        Future<List<R>> ofOtherKeys(SqlConnection connection, UUID after, String keyId, int rowsMax);

        UUID id(R row);

        String keyId(R row);

        /** Encrypts rows again, unless somebody else has done so meanwhile; returns how many. */
        Future<Long> replace(SqlConnection connection, List<R> rows);
    }

    /**
     * The outcome of a run.
     *
     * @param reencrypted rows that have the current key now
     * @param unknownKeyIds keys in use that are not configured; their rows are unchanged
     */
    public record Outcome(long reencrypted, Set<String> unknownKeyIds) {}

    /** Encrypts all rows that another key encrypts. */
    public static <R> Future<Outcome> run(Database database, Sealer sealer, Sealings<R> rows) {
        return new Rekeying<>(database, sealer, rows).after(BEFORE_ALL);
    }

    private Future<Outcome> after(UUID id) {
        return database.withConnection(connection -> rows.ofOtherKeys(connection, id, sealer.currentKeyId(), BATCH_MAX)
                        .compose(found -> rows.replace(connection, readable(found))
                                .map(replaced -> {
                                    reencrypted += replaced;
                                    return found;
                                })))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(new Outcome(reencrypted, unknownKeyIds))
                        : after(rows.id(found.get(found.size() - 1))));
    }

    private List<R> readable(List<R> found) {
        List<R> readable = new ArrayList<>();
        for (R row : found) {
            if (sealer.knows(rows.keyId(row))) {
                readable.add(row);
            } else {
                unknownKeyIds.add(rows.keyId(row));
            }
        }
        return readable;
    }
}
