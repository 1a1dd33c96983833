package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.AuditTrail;
import com.clicknback.cashback.CapGroupStore.Neighbours;
import com.clicknback.cashback.CashbackStore.NewDraw;
import com.clicknback.events.CashbackEvents;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import com.clicknback.platform.events.EventLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Credits purchases in the caller's transaction. The callers are the follower of the event log, and state changes that
 * come before it. Each purchase is credited exactly once, whichever caller comes first.
 */
public final class Crediting {
    /** The id of a purchase that does not exist. */
    private static final UUID NOT_STORED = new UUID(0, 0);

    private final Ledger ledger;
    private final Reratings reratings;
    private final Clock clock;

    public Crediting(Ledger ledger, AuditTrail audit, EventLog events, Clock clock) {
        this.ledger = ledger;
        this.reratings = new Reratings(ledger, audit, events, clock);
        this.clock = clock;
    }

    /** The changes of amounts after their credit. */
    public Reratings reratings() {
        return reratings;
    }

    /**
     * Credits those of the purchases that are not credited yet and returns their credits.
     *
     * @param userIds the owners of all the purchases; their wallets are locked first, so that no two transactions credit
     *     one purchase or draw on one cap at once
     */
    public Future<List<Credit>> creditMissing(
            SqlConnection tx, Collection<UUID> purchaseIds, Collection<UUID> userIds) {
        return creditMissing(tx, purchaseIds, userIds, null);
    }

    /**
     * The same for purchases whose credits the audit log has in one row.
     *
     * @param batchId of that row; null when each credit has a row of its own
     */
    public Future<List<Credit>> creditMissing(
            SqlConnection tx, Collection<UUID> purchaseIds, Collection<UUID> userIds, @Nullable Long batchId) {
        return ledger.lock(tx, userIds)
                .compose(locked -> CashbackStore.findUncredited(tx, purchaseIds))
                .compose(uncredited ->
                        uncredited.isEmpty() ? Future.succeededFuture(List.of()) : credit(tx, uncredited, batchId));
    }

    private Future<List<Credit>> credit(SqlConnection tx, List<RatedPurchase> uncredited, @Nullable Long batchId) {
        Map<CapKey, List<RatedPurchase>> capped = new HashMap<>();
        for (RatedPurchase purchase : uncredited) {
            if (purchase.isCapped()) {
                capped.computeIfAbsent(purchase.capKey(), key -> new ArrayList<>())
                        .add(purchase);
            }
        }
        return CashbackStore.findCapStates(tx, capped.keySet())
                .compose(caps -> CapGroupStore.findGroups(tx, contested(capped, caps), caps, CapGroupStore.GROUP_MAX)
                        .compose(groups -> credit(tx, uncredited, caps, groups.purchases(), batchId)));
    }

    /** The caps of which new purchases take something that a later one has been credited with. */
    private static List<Neighbours> contested(Map<CapKey, List<RatedPurchase>> capped, Map<CapKey, CapState> caps) {
        List<Neighbours> contested = new ArrayList<>();
        capped.forEach((key, purchases) -> {
            CapState cap = caps.get(key);
            if (cap == null || cap.isFollowedBy(purchases.get(0))) {
                return;
            }
            Money more = purchases.stream().map(RatedPurchase::entitled).reduce(Money.ZERO, Money::plus);
            if (!cap.fits(more, limit(purchases))) {
                contested.add(new Neighbours(key, purchases, more));
            }
        });
        return contested;
    }

    private static Money limit(List<RatedPurchase> purchases) {
        return purchases.stream()
                .map(purchase -> requireNonNull(purchase.terms().monthlyCap()))
                .reduce(Money.MAX, Money::min);
    }

    private Future<List<Credit>> credit(
            SqlConnection tx,
            List<RatedPurchase> uncredited,
            Map<CapKey, CapState> caps,
            Map<CapKey, List<RatedPurchase>> groups,
            @Nullable Long batchId) {
        Rerating rerating = new Rerating(groups, caps);
        Draws draws = new Draws(caps);
        List<Credit> credits = new ArrayList<>(uncredited.size());
        for (RatedPurchase purchase : uncredited) {
            boolean contested = purchase.isCapped() && groups.containsKey(purchase.capKey());
            Credit credit = contested ? rerating.credit(purchase) : draws.credit(purchase);
            credits.add(credit);
            if (purchase.isCapped() && !credit.amount().isZero()) {
                draws.follow(purchase);
            }
        }
        rerating.uses().forEach(draws::use);
        // Sent without waiting for one another: the connection runs them in this order.
        return Future.all(
                        CashbackStore.insertCredits(tx, credits, clock.instant(), batchId),
                        CashbackStore.drawOnCaps(tx, draws.all(), caps.keySet()),
                        ledger.post(tx, transfers(credits, rerating)),
                        reratings.writeAmounts(tx, rerating))
                .map(credits);
    }

    /** The draws of new credits on caps. */
    private static final class Draws {
        private final Map<CapKey, CapState> before;
        private final Map<CapKey, CapUse> uses = new LinkedHashMap<>();
        private final Map<CapKey, RatedPurchase> latest = new HashMap<>();

        Draws(Map<CapKey, CapState> before) {
            this.before = before;
        }

        /** Credits a purchase that takes nothing from another one; it gets its share of what is left. */
        Credit credit(RatedPurchase purchase) {
            if (!purchase.isCapped()) {
                return Credit.of(purchase, purchase.entitled(), Money.ZERO);
            }
            CapKey key = purchase.capKey();
            CapUse drawn = uses.get(key);
            Money used = state(key).used().plus(drawn == null ? Money.ZERO : drawn.amount());
            Money entitled = purchase.entitled();
            Money amount = CapAllocation.share(purchase, used);
            use(CapUse.of(
                    key,
                    amount,
                    entitled.minus(amount),
                    requireNonNull(purchase.terms().monthlyCap())));
            return Credit.of(purchase, amount, used);
        }

        void use(CapUse use) {
            uses.merge(use.key(), use, CapUse::plus);
        }

        /** Remembers the last purchase that has a part of each cap, given them in order. */
        void follow(RatedPurchase purchase) {
            if (state(purchase.capKey()).isFollowedBy(purchase)) {
                latest.put(purchase.capKey(), purchase);
            }
        }

        private CapState state(CapKey key) {
            return before.getOrDefault(key, CapState.UNUSED);
        }

        List<NewDraw> all() {
            return uses.values().stream().map(this::draw).toList();
        }

        private NewDraw draw(CapUse use) {
            @Nullable RatedPurchase last = latest.get(use.key());
            CapState state = state(use.key());
            return last == null
                    ? new NewDraw(use, state.latestAt(), state.latestId())
                    : new NewDraw(use, last.ingestedAt(), last.id());
        }
    }

    private static List<Transfer> transfers(List<Credit> credits, Rerating rerating) {
        List<Transfer> transfers = new ArrayList<>();
        for (Credit credit : credits) {
            if (!credit.amount().isZero()) {
                transfers.add(Transfer.ofPurchase(
                        credit.purchaseId(),
                        credit.userId(),
                        TransferKind.CASHBACK_CREDIT,
                        Account.OUTSIDE,
                        Account.PENDING,
                        credit.amount()));
            }
        }
        transfers.addAll(rerating.transfers());
        return transfers;
    }

    /** The use of the cap that a purchase draws on; empty without an offer. */
    public Future<Optional<CapUsage>> capUsage(SqlConnection tx, UUID purchaseId) {
        return CashbackStore.findCapUsage(tx, purchaseId);
    }

    /** The credit that a purchase would get if it existed. */
    public Future<Cashback.Previewed> preview(SqlConnection connection, Cashback.Preview wanted) {
        Calculation calculation = Calculation.of(wanted.terms(), wanted.amount());
        RatedPurchase purchase = new RatedPurchase(
                NOT_STORED,
                wanted.userId(),
                Instant.MAX,
                CapMonth.of(wanted.date()),
                wanted.terms(),
                wanted.amount(),
                Money.ZERO,
                null,
                Account.PENDING,
                Money.ZERO);
        return CashbackStore.findCapStates(connection, Set.of(purchase.capKey()))
                .map(caps -> {
                    Credit credit = new Draws(caps).credit(purchase);
                    CapDraw draw = CapDraw.of(
                            YearMonth.from(credit.capMonth()),
                            requireNonNull(wanted.terms().monthlyCap()),
                            requireNonNull(credit.capUsedBefore()),
                            calculation.cashback(),
                            credit.amount());
                    return new Cashback.Previewed(calculation, draw, credit.amount());
                });
    }

    /** The event that tells of credits. */
    public static CashbackEvents.Credited event(List<Credit> credits) {
        return new CashbackEvents.Credited(credits.stream()
                .map(c -> new CashbackEvents.Entry(
                        c.purchaseId(), c.userId(), c.amount().minor()))
                .toList());
    }

    /** The sum of credits. */
    public static Money sum(List<Credit> credits) {
        return credits.stream().map(Credit::amount).reduce(Money.ZERO, Money::plus);
    }
}
