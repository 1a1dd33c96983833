package com.clicknback.ledger;

import com.clicknback.money.Money;
import com.clicknback.platform.clock.TimeOrderedIds;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The only way in which money moves. Posts transfers to the journal and changes the wallets that add it up, in the
 * caller's transaction. Every such transaction locks its wallets first, in the order of user ids. A wallet's lock also
 * guards what else belongs to the user's money: the use of caps and the states of purchases.
 */
public final class Ledger {
    /**
     * Milliseconds that the work of many users waits for the lock of one. Transactions of the service hold one for less. A
     * session that somebody has left open holds one for as long as it likes, and everybody would wait for it.
     */
    public static final String LOCK_WAIT_MS = "2000";

    private final TimeOrderedIds ids;
    private final Clock clock;

    public Ledger(TimeOrderedIds ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Locks the wallets of users until the transaction ends and returns their balances. Every user has a wallet. */
    public Future<Map<UUID, Balances>> lock(SqlConnection tx, Collection<UUID> userIds) {
        Set<UUID> distinct = new TreeSet<>(userIds);
        return LedgerStore.lockWallets(tx, distinct)
                .compose(locked -> locked.size() == distinct.size()
                        ? Future.succeededFuture(locked)
                        : Future.failedFuture(new IllegalStateException("a wallet is missing")));
    }

    /** Bounds the waits of a transaction for locks by {@link #LOCK_WAIT_MS}, after which it fails. */
    public static Future<Void> boundWaits(SqlConnection tx) {
        return LedgerStore.boundWaits(tx, LOCK_WAIT_MS);
    }

    /** Locks the wallets of users, or fails when that takes longer than {@link #LOCK_WAIT_MS}; returns the users. */
    public Future<Set<UUID>> lockSoon(SqlConnection tx, Collection<UUID> userIds) {
        return boundWaits(tx).compose(bounded -> lock(tx, userIds)).map(Map::keySet);
    }

    /** Locks those of the wallets that it need not wait for; returns their users. */
    public static Future<Set<UUID>> lockFree(SqlConnection tx, Collection<UUID> userIds) {
        return LedgerStore.lockFreeWallets(tx, userIds);
    }

    /**
     * Posts transfers of users whose wallets this transaction has locked. The database refuses a second transfer of one
     * kind for one purchase, refund, correction, reinstatement or payout, and a balance below zero where there must be none.
     * Either is a defect of the caller and ends its transaction.
     */
    public Future<Void> post(SqlConnection tx, List<Transfer> transfers) {
        if (transfers.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Posting> postings = transfers.stream()
                .map(transfer -> new Posting(ids.next(), transfer))
                .toList();
        long users = transfers.stream().map(Transfer::userId).distinct().count();
        return LedgerStore.post(tx, postings, clock.instant())
                .compose(walletsChanged -> walletsChanged == users
                        ? Future.succeededFuture()
                        : Future.failedFuture(new IllegalStateException("transfers posted without their wallets")));
    }

    /**
     * Tells by how much the transaction has changed the cashback of other purchases because of one, by purchase.
     *
     * @param since a time before the transaction changed any
     * @param max how many of them are told
     */
    public static Future<Map<UUID, Money>> reallotted(
            SqlConnection tx, UUID userId, UUID causeId, Instant since, int max) {
        return LedgerStore.findReallotted(tx, userId, causeId, since, max);
    }

    /**
     * Reads the journal of a purchase, in order.
     *
     * @param changesMax how many changes of its amount count, the earliest ones
     */
    public static Future<List<JournalEntry>> ofPurchase(SqlConnection connection, UUID purchaseId, int changesMax) {
        return LedgerStore.findOfPurchase(connection, purchaseId, changesMax);
    }
}
