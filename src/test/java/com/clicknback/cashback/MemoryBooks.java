package com.clicknback.cashback;

import com.clicknback.ledger.Account;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Purchases, caps and a journal in memory; amounts are worked out by the rule of the service. */
public final class MemoryBooks {
    private final Map<UUID, RatedPurchase> purchases = new HashMap<>();
    private final Map<UUID, Map<Account, Long>> wallets = new HashMap<>();
    private final Map<UUID, Map<Account, Long>> ofPurchases = new HashMap<>();

    public void credit(RatedPurchase purchase) {
        Rerating rerating = begin(List.of(purchase));
        Money amount = purchase.isCapped() ? rerating.credit(purchase).amount() : purchase.entitled();
        purchases.put(purchase.id(), purchase.withCredited(amount));
        if (!amount.isZero()) {
            post(Transfer.ofPurchase(
                    purchase.id(),
                    purchase.userId(),
                    TransferKind.CASHBACK_CREDIT,
                    Account.OUTSIDE,
                    Account.PENDING,
                    amount));
        }
        end(rerating);
    }

    /** Takes the steps of one purchase, as one transaction does. */
    public void change(List<Rerating.Step> steps) {
        Rerating rerating = begin(steps.stream().map(Rerating.Step::after).toList());
        steps.forEach(rerating::take);
        for (int i = 0; i < steps.size(); i++) {
            RatedPurchase after = steps.get(i).after();
            purchases.put(
                    after.id(), after.withCredited(rerating.amounts().get(i).after()));
        }
        end(rerating);
    }

    private Rerating begin(List<RatedPurchase> changing) {
        Map<CapKey, List<RatedPurchase>> neighbours = new HashMap<>();
        Map<CapKey, CapState> caps = new HashMap<>();
        for (RatedPurchase purchase : changing) {
            if (purchase.isCapped()) {
                List<RatedPurchase> sharing = live(purchase.capKey());
                Money used = sharing.stream().map(RatedPurchase::credited).reduce(Money.ZERO, Money::plus);
                neighbours.put(purchase.capKey(), sharing);
                caps.put(purchase.capKey(), new CapState(used, Money.ZERO, Money.MAX, null, null));
            }
        }
        return new Rerating(neighbours, caps);
    }

    private List<RatedPurchase> live(CapKey cap) {
        return purchases.values().stream()
                .filter(other -> other.balance() != null
                        && other.isCapped()
                        && other.capKey().equals(cap))
                .sorted(RatedPurchase.BY_INGESTION)
                .toList();
    }

    private void end(Rerating rerating) {
        rerating.transfers().forEach(this::post);
        rerating.rerated()
                .forEach((id, amount) -> purchases.computeIfPresent(id, (key, old) -> old.withCredited(amount)));
    }

    private void post(Transfer transfer) {
        move(wallets.computeIfAbsent(transfer.userId(), user -> new EnumMap<>(Account.class)), transfer);
        move(ofPurchases.computeIfAbsent(transfer.purchaseId(), id -> new EnumMap<>(Account.class)), transfer);
    }

    private static void move(Map<Account, Long> balances, Transfer transfer) {
        balances.merge(transfer.source(), -transfer.amount().minor(), Long::sum);
        balances.merge(transfer.destination(), transfer.amount().minor(), Long::sum);
    }

    public Money credited(UUID purchaseId) {
        return purchases.get(purchaseId).credited();
    }

    public long balance(UUID userId, Account account) {
        return wallets.getOrDefault(userId, Map.of()).getOrDefault(account, 0L);
    }

    public long balanceOf(UUID purchaseId, Account account) {
        return ofPurchases.getOrDefault(purchaseId, Map.of()).getOrDefault(account, 0L);
    }
}
