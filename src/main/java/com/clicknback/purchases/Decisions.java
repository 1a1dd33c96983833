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
import com.clicknback.money.Transfer;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.events.EventLog;
import com.clicknback.purchases.DecisionStore.State;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out decisions about purchases in a given transaction: state, wallet movement, cap, work list, audit and event
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
        Outcome outcome = new Outcome(applied, states, creditedFirst);
        if (applied.isEmpty()) {
            return Future.succeededFuture(outcome);
        }
        List<UUID> ids = applied.stream().map(State::id).toList();
        List<@Nullable String> reasons = new ArrayList<>();
        ids.forEach(id -> reasons.add(decision == Decision.REJECT ? reasonsById.get(id) : null));
        List<PurchaseEvents.Entry> entries = applied.stream()
                .map(s -> new PurchaseEvents.Entry(s.id(), s.userId()))
                .toList();
        return Future.all(List.of(
                        DecisionStore.change(
                                tx, decision.to(), ids, reasons, clock.instant().truncatedTo(ChronoUnit.MICROS)),
                        DecisionStore.endVerification(tx, ids),
                        ledger.post(tx, transfers(decision, applied)),
                        decision.givesCapBack()
                                ? crediting.giveCapBack(tx, held(applied))
                                : Future.<Void>succeededFuture(),
                        audit.record(tx, auditEntries(decision, applied, reasonsById, actor)),
                        events.append(tx, decision.event(), new PurchaseEvents.Purchases(entries))))
                .map(outcome);
    }

    private static Map<UUID, Money> held(List<State> applied) {
        return applied.stream().collect(Collectors.toMap(State::id, State::held));
    }

    private static List<Transfer> transfers(Decision decision, List<State> applied) {
        return applied.stream()
                .filter(state -> !state.held().isZero())
                .map(state -> Transfer.ofPurchase(
                        state.id(),
                        state.userId(),
                        decision.transferKind(),
                        Decision.accountBefore(state.status()),
                        decision.accountAfter(),
                        state.held()))
                .toList();
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

    private static List<AuditEntry> auditEntries(
            Decision decision, List<State> applied, Map<UUID, @Nullable String> reasonsById, Actor actor) {
        return applied.stream()
                .map(state -> new AuditEntry(
                        actor,
                        decision.auditAction(),
                        "purchase",
                        state.id().toString(),
                        auditDetails(decision, state, reasonsById.get(state.id()))))
                .toList();
    }

    /** The members that section 8 of the HTTP contract lists. */
    private static Map<String, @Nullable String> auditDetails(Decision decision, State state, @Nullable String reason) {
        Map<String, @Nullable String> details = new LinkedHashMap<>();
        if (decision == Decision.REVERSE) {
            details.put("prior_status", state.status().wireName());
        } else {
            details.put("merchant_id", state.merchantId().toString());
        }
        details.put("amount", state.amount().toString());
        details.put("currency", state.currency());
        if (decision != Decision.REJECT) {
            details.put("cashback_amount", state.held().toString());
        }
        if (decision != Decision.CONFIRM) {
            details.put("reason", reason);
        }
        return details;
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
