package com.clicknback.explanations;

import static java.util.Objects.requireNonNull;

import com.clicknback.cashback.CapUsage;
import com.clicknback.cashback.Crediting;
import com.clicknback.explanations.ReversalPreview.Neighbour;
import com.clicknback.explanations.ReversalPreview.Standing;
import com.clicknback.ledger.Balances;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.ledger.Ledger;
import com.clicknback.money.Money;
import com.clicknback.platform.db.Database;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.Decisions;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.Purchases;
import com.clicknback.purchases.StoredPurchases;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Previews a reversal by carrying it out in a transaction that is rolled back. */
final class ReversalPreviews {
    /** The clocks of the processes differ by much less. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    private final Database database;
    private final Decisions decisions;
    private final Ledger ledger;
    private final Crediting crediting;

    ReversalPreviews(Database database, Decisions decisions, Ledger ledger, Crediting crediting) {
        this.database = database;
        this.decisions = decisions;
        this.ledger = ledger;
        this.crediting = crediting;
    }

    Future<ReversalPreview> preview(Explanations.PreviewReversal wanted) {
        Purchases.Decide reversal = new Purchases.Decide(wanted.id(), Decision.REVERSE, null, wanted.actor());
        return database.rehearse(tx -> rehearse(tx, reversal));
    }

    /** Reads the state before with the wallet locked, so that the reversal starts from it. */
    private Future<ReversalPreview> rehearse(SqlConnection tx, Purchases.Decide reversal) {
        UUID id = reversal.id();
        return StoredPurchases.owners(tx, List.of(id))
                .compose(owners -> ledger.lock(tx, new HashSet<>(owners.values())))
                .compose(locked -> read(tx, id))
                .compose(before -> decisions
                        .applyToOne(tx, reversal)
                        .compose(applied -> read(tx, id))
                        .compose(after -> preview(tx, before.orElseThrow(), after.orElseThrow())));
    }

    private record Read(Purchase purchase, Standing standing, List<JournalEntry> journal) {}

    private Future<Optional<Read>> read(SqlConnection tx, UUID id) {
        return StoredPurchases.find(tx, id)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : read(tx, found.get()).map(Optional::of));
    }

    private Future<Read> read(SqlConnection tx, Purchase purchase) {
        Future<Map<UUID, Balances>> wallets = ledger.lock(tx, List.of(purchase.userId()));
        Future<Optional<CapUsage>> cap = crediting.capUsage(tx, purchase.id());
        Future<List<JournalEntry>> journal = Ledger.ofPurchase(tx, purchase.id(), Explanation.REFUNDS_MAX);
        return Future.all(wallets, cap, journal).map(read -> {
            Standing standing = new Standing(
                    purchase.status(),
                    purchase.cashbackStatus(),
                    purchase.cashbackAmount(),
                    purchase.payableAt(),
                    requireNonNull(wallets.result().get(purchase.userId())),
                    cap.result().orElse(null));
            return new Read(purchase, standing, journal.result());
        });
    }

    private static Future<ReversalPreview> preview(SqlConnection tx, Read before, Read after) {
        Purchase purchase = after.purchase();
        return Ledger.reallotted(
                        tx,
                        purchase.userId(),
                        purchase.id(),
                        purchase.updatedAt().minus(CLOCKS_APART),
                        ReversalPreview.NEIGHBOURS_MAX)
                .compose(changes -> changes.isEmpty()
                        ? Future.succeededFuture(List.<Neighbour>of())
                        : StoredPurchases.states(tx, changes.keySet()).map(states -> neighbours(states, changes)))
                .map(neighbours -> preview(before, after, neighbours));
    }

    private static List<Neighbour> neighbours(Map<UUID, PurchaseState> states, Map<UUID, Money> changes) {
        return states.values().stream()
                .sorted(Comparator.comparing(PurchaseState::ingestedAt).thenComparing(PurchaseState::id))
                .map(state -> new Neighbour(
                        state.id(), state.cashback().minus(requireNonNull(changes.get(state.id()))), state.cashback()))
                .toList();
    }

    private static ReversalPreview preview(Read before, Read after, List<Neighbour> neighbours) {
        Set<UUID> posted = before.journal().stream().map(JournalEntry::id).collect(Collectors.toSet());
        List<JournalEntry> transfers = after.journal().stream()
                .filter(entry -> !posted.contains(entry.id()))
                .toList();
        return new ReversalPreview(
                before.purchase().id(),
                before.purchase().userId(),
                before.standing(),
                after.standing(),
                transfers,
                neighbours);
    }
}
