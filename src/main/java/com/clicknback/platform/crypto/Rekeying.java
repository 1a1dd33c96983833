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
 * by itself, alongside live traffic. May be repeated. A row that cannot be read is left as it is, and stops no other.
 *
 * @param <R> a row as it is stored
 * @param <N> a row as it is to be stored
 */
public final class Rekeying<R, N> {
    private static final int BATCH_MAX = 500;
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    /** Enough to look for the cause; somebody may have changed all rows. */
    private static final int UNREADABLE_MAX = 100;

    /** The id of no key, so that each row has another one. */
    private static final String NO_KEY = "";

    private final Database database;
    private final Sealer sealer;
    private final Sealings<R, N> rows;
    private final boolean rehearsal;
    private final Set<String> unknownKeyIds = new TreeSet<>();
    private final List<String> unreadable = new ArrayList<>();
    private long reencrypted;

    private Rekeying(Database database, Sealer sealer, Sealings<R, N> rows, boolean rehearsal) {
        this.database = database;
        this.sealer = sealer;
        this.rows = rows;
        this.rehearsal = rehearsal;
    }

    /** The encrypted rows of one table. */
    public interface Sealings<R, N> {
        /** The rows that another key encrypts, in the order of their ids. */
        Future<List<R>> ofOtherKeys(SqlConnection connection, UUID after, String keyId, int rowsMax);

        UUID id(R row);

        String keyId(R row);

        /** Encrypts a row again; fails with NotAuthenticException. */
        N again(R row);

        /** Stores rows, unless somebody else has done so meanwhile; returns how many. */
        Future<Long> replace(SqlConnection connection, List<N> rows);
    }

    /**
     * The outcome of a run.
     *
     * @param reencrypted rows that have the current key now
     * @param unknownKeyIds keys in use that are not configured; their rows are unchanged
     * @param unreadable rows that are not authentic, a sentence each; they are unchanged
     */
    public record Outcome(long reencrypted, Set<String> unknownKeyIds, List<String> unreadable) {
        public boolean complete() {
            return unknownKeyIds.isEmpty() && unreadable.isEmpty();
        }
    }

    /** Encrypts all rows that another key encrypts. */
    public static <R, N> Future<Outcome> run(Database database, Sealer sealer, Sealings<R, N> rows) {
        return new Rekeying<>(database, sealer, rows, false).after(BEFORE_ALL);
    }

    /** Reads all rows, and stores none: tells which cannot be read. */
    public static <R, N> Future<Outcome> rehearse(Database database, Sealer sealer, Sealings<R, N> rows) {
        return new Rekeying<>(database, sealer, rows, true).after(BEFORE_ALL);
    }

    private Future<Outcome> after(UUID id) {
        String keyId = rehearsal ? NO_KEY : sealer.currentKeyId();
        return database.withConnection(connection -> rows.ofOtherKeys(connection, id, keyId, BATCH_MAX)
                        .compose(found -> store(connection, again(found)).map(found)))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(new Outcome(reencrypted, unknownKeyIds, unreadable))
                        : after(rows.id(found.get(found.size() - 1))));
    }

    private Future<Void> store(SqlConnection connection, List<N> anew) {
        return rehearsal
                ? Future.succeededFuture()
                : rows.replace(connection, anew)
                        .onSuccess(replaced -> reencrypted += replaced)
                        .mapEmpty();
    }

    private List<N> again(List<R> found) {
        List<N> anew = new ArrayList<>();
        for (R row : found) {
            if (!sealer.knows(rows.keyId(row))) {
                unknownKeyIds.add(rows.keyId(row));
                continue;
            }
            try {
                anew.add(rows.again(row));
            } catch (NotAuthenticException e) {
                if (unreadable.size() < UNREADABLE_MAX) {
                    unreadable.add(e.getMessage());
                }
            }
        }
        return anew;
    }
}
