package com.clicknback.cashback;

import static java.util.Objects.requireNonNull;

import com.clicknback.events.CashbackEvents;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Credits purchases in the caller's transaction. The callers are the follower of the event log, and state changes that
 * come before it. Each purchase is credited exactly once, whichever caller comes first.
 */
public final class Crediting {
    /** The id of a purchase that does not exist. */
    private static final UUID NOT_STORED = new UUID(0, 0);

    private final Ledger ledger;
    private final Clock clock;

    public Crediting(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
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
    Future<List<Credit>> creditMissing(
            SqlConnection tx, Collection<UUID> purchaseIds, Collection<UUID> userIds, @Nullable Long batchId) {
        return ledger.lock(tx, userIds)
                .compose(locked -> CashbackStore.findUncredited(tx, purchaseIds))
                .compose(uncredited ->
                        uncredited.isEmpty() ? Future.succeededFuture(List.of()) : credit(tx, uncredited, batchId));
    }

    private Future<List<Credit>> credit(SqlConnection tx, List<UncreditedPurchase> uncredited, @Nullable Long batchId) {
        Map<CapKey, Money> caps = new HashMap<>();
        for (UncreditedPurchase purchase : uncredited) {
            if (purchase.cap() != null) {
                caps.put(purchase.capKey(), purchase.cap());
            }
        }
        return CashbackStore.findCapUsage(tx, caps.keySet()).compose(used -> {
            List<Credit> credits = CapAllocation.allocate(uncredited, used);
            // Sent without waiting for one another: the connection runs them in this order.
            return Future.all(
                            CashbackStore.insertCredits(tx, credits, clock.instant(), batchId),
                            CashbackStore.useCaps(tx, capUses(credits, caps), used.keySet()),
                            ledger.post(tx, transfers(credits)))
                    .map(credits);
        });
    }

    private static List<CapUse> capUses(List<Credit> credits, Map<CapKey, Money> caps) {
        Map<CapKey, Money> amounts = credits.stream()
                .filter(credit -> credit.offerId() != null && !credit.amount().isZero())
                .collect(Collectors.toMap(Credit::capKey, Credit::amount, Money::plus));
        return amounts.entrySet().stream()
                .map(drawn -> new CapUse(drawn.getKey(), drawn.getValue(), requireNonNull(caps.get(drawn.getKey()))))
                .toList();
    }

    private static List<Transfer> transfers(List<Credit> credits) {
        return credits.stream()
                .filter(credit -> !credit.amount().isZero())
                .map(credit -> Transfer.ofPurchase(
                        credit.purchaseId(),
                        credit.userId(),
                        TransferKind.CASHBACK_CREDIT,
                        Account.OUTSIDE,
                        Account.PENDING,
                        credit.amount()))
                .toList();
    }

    /**
     * Gives allowance back to later credits.
     *
     * @param amounts by the credited purchase that gives them back; the wallets of their owners are locked
     */
    public Future<Void> giveCapBack(SqlConnection tx, Map<UUID, Money> amounts) {
        return CashbackStore.giveCapsBack(tx, amounts);
    }

    /** The use of the cap that a purchase draws on; empty without an offer. */
    public Future<Optional<CapUsage>> capUsage(SqlConnection tx, UUID purchaseId) {
        return CashbackStore.findCapUsage(tx, purchaseId);
    }

    /** The credit that a purchase would get if it existed. */
    Future<Cashback.Previewed> preview(SqlConnection connection, Cashback.Preview wanted) {
        Calculation calculation = Calculation.of(wanted.terms(), wanted.amount());
        UncreditedPurchase purchase = new UncreditedPurchase(
                NOT_STORED,
                wanted.userId(),
                calculation.cashback(),
                CapMonth.of(wanted.date()),
                wanted.terms().offerId(),
                wanted.terms().monthlyCap());
        return CashbackStore.findCapUsage(connection, Set.of(purchase.capKey())).map(used -> {
            Credit credit = CapAllocation.allocate(List.of(purchase), used).get(0);
            CapDraw draw = CapDraw.of(
                    YearMonth.from(credit.capMonth()),
                    requireNonNull(purchase.cap()),
                    requireNonNull(credit.capUsedBefore()),
                    purchase.cashback(),
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
