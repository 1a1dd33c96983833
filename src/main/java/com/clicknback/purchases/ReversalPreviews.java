package com.clicknback.purchases;

import com.clicknback.cashback.CapUsage;
import com.clicknback.money.Balances;
import com.clicknback.money.JournalEntry;
import com.clicknback.money.Ledger;
import com.clicknback.purchases.PurchasesVerticle.Shared;
import com.clicknback.purchases.ReversalPreview.Standing;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells what a reversal would do by reversing in a transaction that is rolled back. */
final class ReversalPreviews {
    private final Shared shared;
    private final Decisions decisions;

    ReversalPreviews(Shared shared, Decisions decisions) {
        this.shared = shared;
        this.decisions = decisions;
    }

    Future<ReversalPreview> preview(PreviewReversal wanted) {
        DecidePurchase reversal = new DecidePurchase(wanted.id(), Decision.REVERSE, null, wanted.actor());
        return shared.database().rehearse(tx -> rehearse(tx, reversal));
    }

    /** Reads what is there before with the wallet locked, so that it is what the reversal starts from. */
    private Future<ReversalPreview> rehearse(SqlConnection tx, DecidePurchase reversal) {
        UUID id = reversal.id();
        return DecisionStore.findOwners(tx, List.of(id))
                .compose(owners -> shared.ledger().lock(tx, new HashSet<>(owners.values())))
                .compose(locked -> read(tx, id))
                .compose(before -> decisions
                        .applyToOne(tx, reversal)
                        .compose(applied -> read(tx, id))
                        .map(after -> preview(before.orElseThrow(), after.orElseThrow())));
    }

    private record Read(Purchase purchase, Standing standing, List<JournalEntry> journal) {}

    private Future<Optional<Read>> read(SqlConnection tx, UUID id) {
        return PurchaseStore.find(tx, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : read(tx, found.get()).map(Optional::of));
    }

    private Future<Read> read(SqlConnection tx, Purchase purchase) {
        Future<Map<UUID, Balances>> wallets = shared.ledger().lock(tx, List.of(purchase.userId()));
        Future<Optional<CapUsage>> cap = shared.crediting().capUsage(tx, purchase.id());
        Future<List<JournalEntry>> journal = Ledger.ofPurchase(tx, purchase.id(), Explanation.REFUNDS_MAX);
        return Future.all(wallets, cap, journal).map(read -> {
            Standing standing = new Standing(
                    purchase.status(),
                    purchase.cashbackStatus(),
                    purchase.cashbackAmount(),
                    wallets.result().get(purchase.userId()),
                    cap.result().orElse(null));
            return new Read(purchase, standing, journal.result());
        });
    }

    private static ReversalPreview preview(Read before, Read after) {
        Set<UUID> posted = before.journal().stream().map(JournalEntry::id).collect(Collectors.toSet());
        List<JournalEntry> transfers = after.journal().stream()
                .filter(entry -> !posted.contains(entry.id()))
                .toList();
        return new ReversalPreview(
                before.purchase().id(), before.purchase().userId(), before.standing(), after.standing(), transfers);
    }
}
