package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.CapGroupStore.Neighbours;
import com.clicknback.cashback.CashbackStore.NewDraw;
import com.clicknback.cashback.Rerating.Reallotted;
import com.clicknback.cashback.Rerating.Step;
import com.clicknback.events.CashbackEvents;
import com.clicknback.ledger.Ledger;
import com.clicknback.money.Money;
import com.clicknback.platform.events.EventLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Works out amounts anew in the transaction of what changes them, and posts the differences. The wallets of the owners
 * are locked, which guards their caps and purchases as well.
 */
public final class Reratings {
    private final Ledger ledger;
    private final AuditTrail audit;
    private final EventLog events;
    private final Clock clock;

    Reratings(Ledger ledger, AuditTrail audit, EventLog events, Clock clock) {
        this.ledger = ledger;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** Works out the amounts after changes of credited purchases, those of one purchase in their order. */
    public Future<Rerating> plan(SqlConnection tx, List<Step> steps) {
        Map<CapKey, List<Step>> capped = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step.isCapped()) {
                capped.computeIfAbsent(step.after().capKey(), key -> new ArrayList<>())
                        .add(step);
            }
        }
        // Those that leave the amount of their purchase stay with the others: no neighbours may be summed up with it.
        capped.values().removeIf(ofCap -> ofCap.stream().noneMatch(Step::isOfAmount));
        return CashbackStore.findCapStates(tx, capped.keySet())
                .compose(caps -> plan(tx, steps, caps, contested(capped, caps), CapGroupStore.GROUP_MAX));
    }

    /** Looks at more purchases where a cap gives back more than those can take. */
    private static Future<Rerating> plan(
            SqlConnection tx, List<Step> steps, Map<CapKey, CapState> caps, List<Neighbours> contested, int max) {
        return CapGroupStore.findGroups(tx, contested, caps, max).compose(groups -> {
            Rerating rerating = new Rerating(groups.purchases(), caps);
            steps.forEach(rerating::take);
            return groups.cutShort().stream().anyMatch(rerating::hasGivenBack)
                    ? plan(tx, steps, caps, contested, max * CapGroupStore.GROUP_GROWTH)
                    : Future.succeededFuture(rerating);
        });
    }

    /** The caps in which steps may change what other purchases get: they cut some, or would do so. */
    private static List<Neighbours> contested(Map<CapKey, List<Step>> capped, Map<CapKey, CapState> caps) {
        List<Neighbours> contested = new ArrayList<>();
        capped.forEach((key, steps) -> {
            Money rise = steps.stream().map(Step::rise).reduce(Money.ZERO, Money::plus);
            Money limit = steps.stream()
                    .map(step -> requireNonNull(step.after().terms().monthlyCap()))
                    .reduce(Money.MAX, Money::min);
            if (!caps.getOrDefault(key, CapState.UNUSED).fits(rise, limit)) {
                List<RatedPurchase> changed = steps.stream().map(Step::after).toList();
                contested.add(new Neighbours(key, changed, rise));
            }
        });
        return contested;
    }

    /** Writes what was worked out: journal, wallets, caps and amounts. What causes it is written already. */
    public Future<Void> write(SqlConnection tx, Rerating rerating) {
        // Sent without waiting for one another: the connection runs them in this order.
        return Future.all(
                        ledger.post(tx, rerating.transfers()),
                        CashbackStore.changeCaps(tx, changed(rerating)),
                        writeAmounts(tx, rerating))
                .mapEmpty();
    }

    private static List<NewDraw> changed(Rerating rerating) {
        return rerating.uses().stream()
                .filter(use ->
                        !use.amount().isZero() || !use.cut().isZero() || rerating.latestRaised(use.key()) != null)
                .map(use -> {
                    @Nullable RatedPurchase raised = rerating.latestRaised(use.key());
                    return raised == null
                            ? new NewDraw(use, null, null)
                            : new NewDraw(use, raised.ingestedAt(), raised.id());
                })
                .toList();
    }

    /** Writes the present amounts, and tells of those purchases that another one changed. */
    Future<Void> writeAmounts(SqlConnection tx, Rerating rerating) {
        if (rerating.rerated().isEmpty()) {
            return Future.succeededFuture();
        }
        return Future.all(
                        CashbackStore.rerate(tx, rerating.rerated(), clock.instant()),
                        audit.record(
                                tx,
                                rerating.reallotted().stream()
                                        .map(Reratings::auditEntry)
                                        .toList()),
                        events.append(tx, CashbackEvents.RERATED, event(rerating)))
                .mapEmpty();
    }

    private static AuditEntry auditEntry(Reallotted change) {
        Map<String, String> details = new HashMap<>();
        details.put("cause_purchase_id", change.causeId().toString());
        details.put("cashback_before", change.before().toString());
        details.put("cashback_amount", change.after().toString());
        return new AuditEntry(
                Actor.system("purchase:" + change.causeId()),
                AuditAction.CASHBACK_REALLOTTED,
                "purchase",
                change.purchase().id().toString(),
                details);
    }

    private static CashbackEvents.Rerated event(Rerating rerating) {
        return new CashbackEvents.Rerated(rerating.changes());
    }
}
