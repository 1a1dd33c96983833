package com.clicknback.purchases;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.CashbackEvents;
import com.clicknback.cashback.Credit;
import com.clicknback.cashback.Crediting;
import com.clicknback.money.Ledger;
import com.clicknback.money.Money;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import com.clicknback.platform.events.EventType;
import com.clicknback.purchases.DecisionStore.State;
import com.clicknback.purchases.PurchaseEvents.Entry;
import com.clicknback.purchases.PurchaseEvents.Purchases;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out changes of purchases in a given transaction: state, wallet movement, cap, work list, audit and event
 * together. Whoever races for a purchase queues at its owner's wallet; the first wins, the others find it changed.
 */
final class Decisions {
    private final Crediting crediting;
    private final Ledger ledger;
    private final AuditTrail audit;
    private final EventLog events;
    private final Clock clock;

    Decisions(Crediting crediting, Ledger ledger, AuditTrail audit, EventLog events, Clock clock) {
        this.crediting = crediting;
        this.ledger = ledger;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What became of the purchases.
     *
     * @param applied those that changed
     * @param found the states before, of all that exist
     * @param creditedFirst how many had not been credited yet
     */
    record Outcome(List<State> applied, Map<UUID, State> found, int creditedFirst) {

        /** What a decision made of the one purchase that it was about: told from its own transaction, not looked up. */
        DecidePurchase.Decided decided(DecidePurchase wanted) {
            Money cashback = wanted.decision() == Decision.REVERSE
                    ? Money.ZERO
                    : found.get(wanted.id()).held();
            return new DecidePurchase.Decided(wanted.id(), wanted.decision().to(), cashback);
        }
    }

    /** Applies one decision to those of the purchases that it is allowed for; the others are left alone. */
    Future<Outcome> apply(SqlConnection tx, Decision decision, Map<UUID, @Nullable String> reasonsById, Actor actor) {
        return DecisionStore.findOwners(tx, reasonsById.keySet())
                .compose(owners -> creditFirst(tx, owners.keySet(), new HashSet<>(owners.values()), actor)
                        .compose(credits -> DecisionStore.findStates(tx, owners.keySet())
                                .compose(states -> change(tx, decision, reasonsById, actor, states, credits.size()))));
    }

    /** Locks the owners' wallets and credits what is not credited yet, which comes before any change of state. */
    Future<List<Credit>> creditFirst(
            SqlConnection tx, Collection<UUID> purchaseIds, Collection<UUID> userIds, Actor actor) {
        return crediting
                .creditMissing(tx, purchaseIds, userIds)
                .compose(credits -> recordCredits(tx, credits, actor).map(credits));
    }

    private Future<Outcome> change(
            SqlConnection tx,
            Decision decision,
            Map<UUID, @Nullable String> reasonsById,
            Actor actor,
            Map<UUID, State> states,
            int creditedFirst) {
        List<State> applied = states.values().stream()
                .filter(s -> decision.isAllowedFrom(s.status()))
                .toList();
        List<Change> changes = applied.stream()
                .<Change>map(state -> new Change.Decided(state, decision, reasonsById.get(state.id()), actor))
                .toList();
        return write(tx, changes).map(new Outcome(applied, states, creditedFirst));
    }

    /** Writes changes, those of one purchase in their order. Their owners' wallets are locked, their credits posted. */
    Future<Void> write(SqlConnection tx, List<Change> changes) {
        if (changes.isEmpty()) {
            return Future.succeededFuture();
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Map<UUID, Change> last = new LinkedHashMap<>();
        changes.forEach(change -> last.put(change.before().id(), change));
        // Sent without waiting for one another: the connection runs them in this order.
        return Future.all(List.of(
                        insertRefunds(tx, changes, now),
                        DecisionStore.change(tx, last.values(), now),
                        endVerification(tx, last.values()),
                        ledger.post(
                                tx,
                                changes.stream()
                                        .flatMap(change -> change.transfer().stream())
                                        .toList()),
                        crediting.giveCapBack(tx, capGivenBack(changes)),
                        audit.record(
                                tx, changes.stream().map(Change::auditEntry).toList()),
                        appendEvents(tx, changes)))
                .mapEmpty();
    }

    private static Future<Void> insertRefunds(SqlConnection tx, List<Change> changes, Instant now) {
        List<Change.Refunded> refunds = changes.stream()
                .filter(Change.Refunded.class::isInstance)
                .map(Change.Refunded.class::cast)
                .toList();
        return refunds.isEmpty() ? Future.succeededFuture() : DecisionStore.insertRefunds(tx, refunds, now);
    }

    private static Future<Void> endVerification(SqlConnection tx, Collection<Change> last) {
        List<UUID> ended = last.stream()
                .map(Change::after)
                .filter(state -> state.status() != PurchaseStatus.PENDING)
                .map(State::id)
                .toList();
        return ended.isEmpty() ? Future.succeededFuture() : DecisionStore.endVerification(tx, ended);
    }

    private static Map<UUID, Money> capGivenBack(List<Change> changes) {
        return changes.stream()
                .filter(change -> !change.capGivenBack().isZero())
                .collect(Collectors.toMap(change -> change.before().id(), Change::capGivenBack, Money::plus));
    }

    /** One event for all first changes of a kind, then for all second ones: each purchase's events are in their order. */
    private Future<Void> appendEvents(SqlConnection tx, List<Change> changes) {
        Map<UUID, Integer> counts = new HashMap<>();
        Map<Integer, Map<EventType<Purchases>, List<Entry>>> rounds = new TreeMap<>();
        for (Change change : changes) {
            int round = counts.merge(change.before().id(), 1, Integer::sum);
            rounds.computeIfAbsent(round, r -> new LinkedHashMap<>())
                    .computeIfAbsent(change.event(), type -> new ArrayList<>())
                    .add(new Entry(change.before().id(), change.before().userId()));
        }
        return Future.all(rounds.values().stream()
                        .flatMap(round -> round.entrySet().stream())
                        .map(event -> events.append(tx, event.getKey(), new Purchases(event.getValue())))
                        .toList())
                .mapEmpty();
    }

    /** The credit is the system's work, whoever made it urgent. */
    private Future<Void> recordCredits(SqlConnection tx, List<Credit> credits, Actor actor) {
        if (credits.isEmpty()) {
            return Future.succeededFuture();
        }
        List<AuditEntry> entries = credits.stream()
                .map(credit -> new AuditEntry(
                        Actor.system(actor.cause()),
                        AuditAction.CASHBACK_CREDITED,
                        "purchase",
                        credit.purchaseId().toString(),
                        Map.of("cashback_amount", credit.amount().toString())))
                .toList();
        return Future.all(
                        audit.record(tx, entries),
                        events.append(tx, CashbackEvents.CREDITED, CashbackEvents.Credited.of(credits)))
                .mapEmpty();
    }

    /** Applies a decision to one purchase, or fails with the refusal that the HTTP contract lists for it. */
    Future<Outcome> applyToOne(SqlConnection tx, DecidePurchase wanted) {
        Map<UUID, @Nullable String> reasonById = new HashMap<>();
        reasonById.put(wanted.id(), wanted.reason());
        return apply(tx, wanted.decision(), reasonById, wanted.actor()).compose(outcome -> {
            if (!outcome.applied().isEmpty()) {
                return Future.succeededFuture(outcome);
            }
            State state = outcome.found().get(wanted.id());
            return Future.failedFuture(
                    state == null
                            ? DomainException.notFound("purchase", wanted.id())
                            : Refusals.of(wanted.decision(), state.id(), state.status()));
        });
    }

    /** For decisions without a reason. */
    static Map<UUID, @Nullable String> withoutReason(List<UUID> ids) {
        Map<UUID, @Nullable String> reasons = new HashMap<>();
        ids.forEach(id -> reasons.put(id, null));
        return Collections.unmodifiableMap(reasons);
    }
}
