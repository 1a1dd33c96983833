package com.clicknback.purchases;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.RatedPurchase;
import com.clicknback.ledger.Ledger;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.ops.Metrics;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides about purchases: confirms, rejects and reverses them. Whoever races for a purchase queues at its owner's
 * wallet; the first wins, the others find it changed.
 */
public final class Decisions {
    private final Database database;
    private final EarlyCredits earlyCredits;
    private final Changes changes;
    private final EventLog events;
    private final Metrics metrics;

    public Decisions(Database database, EarlyCredits earlyCredits, Changes changes, EventLog events, Metrics metrics) {
        this.database = database;
        this.earlyCredits = earlyCredits;
        this.changes = changes;
        this.events = events;
        this.metrics = metrics;
    }

    /**
     * The outcome of a decision for each purchase.
     *
     * @param applied those that changed
     * @param found the states before, of all that exist
     * @param creditedFirst how many had not been credited yet
     */
    public record Outcome(List<PurchaseState> applied, Map<UUID, PurchaseState> found, int creditedFirst) {

        /** The purchases that the decision was allowed for, and that a recheck kept from it. */
        public Set<UUID> passedOver(Decision decision) {
            return found.values().stream()
                    .filter(state -> decision.isAllowedFrom(state.status()) && !applied.contains(state))
                    .map(PurchaseState::id)
                    .collect(Collectors.toSet());
        }

        /** The purchase after the decision, as seen inside its transaction. */
        Purchases.Decided decided(Purchases.Decide wanted) {
            return Purchases.Decided.of(
                    requireNonNull(found.get(wanted.id())).decided(wanted.decision(), wanted.actor()));
        }
    }

    /**
     * Looks again at purchases whose owners' wallets are locked: a look before the lock may be out of date. Returns those
     * that still are to change.
     */
    @FunctionalInterface
    public interface Recheck {
        Recheck NONE = (tx, purchaseIds) -> Future.succeededFuture(Set.copyOf(purchaseIds));

        Future<Set<UUID>> of(SqlConnection tx, Collection<UUID> purchaseIds);
    }

    /**
     * Applies one decision to those of the purchases that it is allowed for, in a transaction of its own; the others are
     * left alone. Its waits for locks are bounded, so that others do not wait long for those that it has.
     */
    public Future<Outcome> decide(Decision decision, Map<UUID, @Nullable String> reasonsById, Actor actor) {
        return decide(decision, reasonsById, actor, Recheck.NONE);
    }

    /** The same for those of the purchases that pass a second look. */
    public Future<Outcome> decide(
            Decision decision, Map<UUID, @Nullable String> reasonsById, Actor actor, Recheck recheck) {
        return announced(database.inTransaction(
                tx -> Ledger.boundWaits(tx).compose(bounded -> apply(tx, decision, reasonsById, actor, recheck))));
    }

    /** Applies a decision to one purchase, in a transaction of its own; fails as {@link #applyToOne} does. */
    Future<Purchases.Decided> decide(Purchases.Decide wanted) {
        return announced(database.inTransaction(tx -> applyToOne(tx, wanted))).map(outcome -> outcome.decided(wanted));
    }

    private Future<Outcome> announced(Future<Outcome> committed) {
        return committed.onSuccess(outcome -> {
            metrics.purchasesCredited(outcome.creditedFirst());
            events.nudge();
        });
    }

    private Future<Outcome> apply(
            SqlConnection tx,
            Decision decision,
            Map<UUID, @Nullable String> reasonsById,
            Actor actor,
            Recheck recheck) {
        return DecisionStore.findOwners(tx, reasonsById.keySet())
                .compose(owners -> earlyCredits
                        .credit(tx, owners.keySet(), new HashSet<>(owners.values()), actor)
                        .compose(credited -> DecisionStore.findStates(tx, owners.keySet())
                                .compose(states -> decision == Decision.CONFIRM
                                        ? changes.atGates(tx, states)
                                        : Future.succeededFuture(states))
                                .compose(states -> recheck.of(tx, owners.keySet())
                                        .compose(left -> change(tx, decision, reasonsById, actor, states, left))
                                        .map(applied -> new Outcome(applied, states, credited)))));
    }

    private Future<List<PurchaseState>> change(
            SqlConnection tx,
            Decision decision,
            Map<UUID, @Nullable String> reasonsById,
            Actor actor,
            Map<UUID, PurchaseState> states,
            Set<UUID> left) {
        List<PurchaseState> applied = states.values().stream()
                .filter(s -> left.contains(s.id()) && decision.isAllowedFrom(s.status()))
                .sorted(Comparator.comparing(PurchaseState::rated, RatedPurchase.BY_INGESTION))
                .toList();
        List<Change> wanted = applied.stream()
                .<Change>map(state -> new Change.Decided(state, decision, reasonsById.get(state.id()), actor))
                .toList();
        return changes.write(tx, wanted).map(applied);
    }

    /**
     * Applies a decision to one purchase in a given transaction; fails with NOT_FOUND or with the refusal of
     * {@link Refusals}.
     */
    public Future<Outcome> applyToOne(SqlConnection tx, Purchases.Decide wanted) {
        Map<UUID, @Nullable String> reasonById = new HashMap<>();
        reasonById.put(wanted.id(), wanted.reason());
        return apply(tx, wanted.decision(), reasonById, wanted.actor(), Recheck.NONE)
                .compose(outcome -> {
                    if (!outcome.applied().isEmpty()) {
                        return Future.succeededFuture(outcome);
                    }
                    PurchaseState state = outcome.found().get(wanted.id());
                    return Future.failedFuture(
                            state == null
                                    ? DomainException.notFound("purchase", wanted.id())
                                    : Refusals.of(wanted.decision(), state.id(), state.status()));
                });
    }

    /** Makes the held cashback of one purchase available, in a transaction of its own. */
    Future<Purchases.Decided> release(Purchases.Release wanted) {
        return database.inTransaction(tx -> DecisionStore.findOwners(tx, Set.of(wanted.id()))
                        .compose(owners -> release(
                                tx,
                                owners.keySet(),
                                new HashSet<>(owners.values()),
                                null,
                                wanted.reason(),
                                wanted.actor(),
                                Recheck.NONE))
                        .compose(released -> DecisionStore.findStates(tx, Set.of(wanted.id()))
                                .map(states -> Refusals.requireReleased(
                                        wanted.id(), states.get(wanted.id()), !released.isEmpty()))))
                .onSuccess(released -> events.nudge())
                .map(Purchases.Decided::of);
    }

    /**
     * Makes the held cashback of purchases available; passes over purchases whose cashback is not held, or not due. Returns
     * those that it released, as they were.
     *
     * @param userIds the owners of all the purchases
     * @param due the latest end of their holds: a purchase may be held anew since it was claimed; null for any
     */
    public Future<List<PurchaseState>> release(
            SqlConnection tx,
            Collection<UUID> purchaseIds,
            Collection<UUID> userIds,
            @Nullable Instant due,
            @Nullable String reason,
            Actor actor,
            Recheck recheck) {
        return earlyCredits
                .credit(tx, purchaseIds, userIds, actor)
                .compose(credited -> recheck.of(tx, purchaseIds))
                .compose(left -> DecisionStore.findStates(tx, left))
                .compose(states -> {
                    List<PurchaseState> held = states.values().stream()
                            .filter(state ->
                                    state.hold().active() && state.hold().isDue(due))
                            .sorted(Comparator.comparing(PurchaseState::rated, RatedPurchase.BY_INGESTION))
                            .toList();
                    Instant now = changes.now();
                    List<Change> wanted = held.stream()
                            .<Change>map(state -> new Change.Released(state, now, reason, actor))
                            .toList();
                    return changes.write(tx, wanted).map(held);
                });
    }

    /** For decisions without a reason. */
    public static Map<UUID, @Nullable String> withoutReason(List<UUID> ids) {
        Map<UUID, @Nullable String> reasons = new HashMap<>();
        ids.forEach(id -> reasons.put(id, null));
        return Collections.unmodifiableMap(reasons);
    }
}
