package com.clicknback.releases;

import com.clicknback.audit.Actor;
import com.clicknback.flags.Flags;
import com.clicknback.holds.HeldPurchase;
import com.clicknback.holds.Holds;
import com.clicknback.holds.ReleaseGates;
import com.clicknback.ledger.Ledger;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Isolation;
import com.clicknback.platform.events.Sweep;
import com.clicknback.platform.ops.ReleaseMetrics;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.LockedPurchases;
import com.clicknback.purchases.PurchaseState;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes held cashback available at the end of its hold. A claim keeps other processes away from a slice of the list and
 * lapses by itself. What a flag keeps held stays claimed until then, so it is looked at again without crowding out the
 * others. The state of a purchase under its wallet's lock decides, so nothing is released twice.
 */
public final class Releases {
    private static final Logger LOG = LoggerFactory.getLogger(Releases.class);

    /** Purchases of one transaction. */
    private static final int SLICE_MAX = 500;

    /** Slices of one run: 50,000 purchases every ten seconds leave room for requests. */
    private static final int SLICES_MAX = 100;

    /** The pause between two looks at a purchase that a flag keeps held, and the life of a claim. */
    static final Duration CLAIMED_FOR = Duration.ofMinutes(1);

    /** Runs the releases now, beside their schedule. Fails when the run fails. */
    public record Run() implements Request<Done> {}

    private final Database database;
    private final Decisions decisions;
    private final ReleaseGates gates;
    private final EventLog events;
    private final ReleaseMetrics metrics;
    private final Clock clock;
    private final Sweep sweep;

    public Releases(
            Database database,
            Decisions decisions,
            ReleaseGates gates,
            EventLog events,
            ReleaseMetrics metrics,
            Clock clock) {
        this.database = database;
        this.decisions = decisions;
        this.gates = gates;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
        this.sweep = new Sweep("release of held cashback", SLICE_MAX, SLICES_MAX, clock, this::slice);
    }

    /** Runs once, or joins the run under way; on the context of the verticle. */
    public Future<Integer> run() {
        return sweep.run();
    }

    Future<Integer> close() {
        return sweep.close();
    }

    /** Brings the number of purchases that were claimed. */
    private Future<Integer> slice() {
        Instant now = clock.instant();
        return Holds.claim(database, now, now.plus(CLAIMED_FOR), SLICE_MAX)
                .compose(claimed -> release(claimed, now).map(claimed.size()));
    }

    /** A release that cannot be stored holds up no other; it is tried again once its claim has lapsed. */
    private Future<Void> release(List<HeldPurchase> claimed, Instant start) {
        return Isolation.run(
                claimed,
                some -> database.inTransaction(tx -> Ledger.boundWaits(tx).compose(bounded -> release(tx, some, start)))
                        .onSuccess(this::announce)
                        .mapEmpty(),
                (one, failure) -> {
                    LOG.error("the cashback of purchase {} cannot be released", one.purchaseId(), failure);
                    return Future.succeededFuture();
                },
                some -> LockedPurchases.sort(database, some, HeldPurchase::purchaseId)
                        .map(LockedPurchases.Sorted::free));
    }

    /** Purchases behind a closed gate lock no wallet. The others are looked at again once theirs is locked. */
    private Future<List<PurchaseState>> release(SqlConnection tx, List<HeldPurchase> claimed, Instant start) {
        return open(tx, claimed).compose(open -> {
            List<UUID> ids = open.stream().map(HeldPurchase::purchaseId).toList();
            Set<UUID> owners = open.stream().map(HeldPurchase::userId).collect(Collectors.toSet());
            return open.isEmpty()
                    ? Future.succeededFuture(List.of())
                    : decisions.release(tx, ids, owners, start, null, Actor.system("release:" + start), this::open);
        });
    }

    private Future<Set<UUID>> open(SqlConnection tx, Collection<UUID> purchaseIds) {
        return Holds.find(tx, purchaseIds)
                .compose(held -> open(tx, held))
                .map(open -> open.stream().map(HeldPurchase::purchaseId).collect(Collectors.toSet()));
    }

    private Future<List<HeldPurchase>> open(SqlConnection tx, List<HeldPurchase> held) {
        return gates.find(tx, held, one -> new Flags.Subject(one.userId(), one.merchantId()))
                .map(found -> IntStream.range(0, found.size())
                        .filter(i -> found.get(i).isOpen(held.get(i).byPerson()))
                        .mapToObj(held::get)
                        .toList());
    }

    private void announce(List<PurchaseState> released) {
        if (!released.isEmpty()) {
            metrics.released(released.size());
            events.nudge();
        }
    }
}
