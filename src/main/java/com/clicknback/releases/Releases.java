package com.clicknback.releases;

import com.clicknback.audit.Actor;
import com.clicknback.flags.Flags;
import com.clicknback.holds.HeldPurchase;
import com.clicknback.holds.Holds;
import com.clicknback.holds.ReleaseGate;
import com.clicknback.holds.ReleaseGates;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.bus.Request;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.Sweep;
import com.clicknback.platform.ops.ReleaseMetrics;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.PurchaseState;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
        this.sweep = new Sweep("release of held cashback", SLICE_MAX, SLICES_MAX, this::slice);
    }

    /** Runs once, or joins the run under way; on the context of the verticle. */
    public Future<Integer> run() {
        return sweep.run();
    }

    Future<Integer> idle() {
        return sweep.idle();
    }

    /** Brings the number of purchases that were claimed. */
    private Future<Integer> slice() {
        Instant now = clock.instant();
        return Holds.claim(database, now, now.plus(CLAIMED_FOR), SLICE_MAX)
                .compose(claimed -> release(claimed, now).map(claimed.size()));
    }

    /** Isolates a release that cannot be stored by halving, so that it holds up no other; it is tried again later. */
    private Future<Void> release(List<HeldPurchase> claimed, Instant start) {
        if (claimed.isEmpty()) {
            return Future.succeededFuture();
        }
        return database.inTransaction(tx -> release(tx, claimed, start))
                .onSuccess(this::announce)
                .<Void>mapEmpty()
                .recover(failure -> {
                    if (DomainException.isUnavailable(failure)) {
                        return Future.failedFuture(failure);
                    }
                    if (claimed.size() == 1) {
                        LOG.error(
                                "the cashback of purchase {} cannot be released",
                                claimed.get(0).purchaseId(),
                                failure);
                        return Future.succeededFuture();
                    }
                    int half = claimed.size() / 2;
                    return release(claimed.subList(0, half), start)
                            .compose(first -> release(claimed.subList(half, claimed.size()), start));
                });
    }

    private Future<List<PurchaseState>> release(SqlConnection tx, List<HeldPurchase> claimed, Instant start) {
        return gates.find(tx, claimed, one -> new Flags.Subject(one.userId(), one.merchantId()))
                .compose(found -> {
                    List<UUID> open = new ArrayList<>();
                    Set<UUID> owners = new HashSet<>();
                    for (int i = 0; i < found.size(); i++) {
                        ReleaseGate gate = found.get(i);
                        HeldPurchase one = claimed.get(i);
                        if (gate.isOpen(one.byPerson())) {
                            open.add(one.purchaseId());
                            owners.add(one.userId());
                        }
                    }
                    return open.isEmpty()
                            ? Future.succeededFuture(List.of())
                            : decisions.release(tx, open, owners, start, null, Actor.system("release:" + start));
                });
    }

    private void announce(List<PurchaseState> released) {
        if (!released.isEmpty()) {
            metrics.released(released.size());
            events.nudge();
        }
    }
}
