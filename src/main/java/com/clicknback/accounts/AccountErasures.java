package com.clicknback.accounts;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.crediting.AwaitedCredits;
import com.clicknback.flags.ErasedDescriptions;
import com.clicknback.ingestion.references.UserReferences;
import com.clicknback.ledger.Balances;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.Wallets;
import com.clicknback.payouts.ErasedDestinations;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.users.ErasedUsers;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * Erases personal data, in one transaction that holds the user's wallet; the names that the user gave to many purchases
 * take further ones. Crediting, decisions and payouts of the user wait for it, and so do logins at the row of the user.
 * Those that come after it meet an account that nobody can use.
 */
final class AccountErasures {
    private final Bus bus;
    private final Database database;
    private final Ledger ledger;
    private final AuditTrail audit;
    private final ErasedUsers users;
    private final Clock clock;

    AccountErasures(Bus bus, Database database, Ledger ledger, AuditTrail audit, ErasedUsers users, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.ledger = ledger;
        this.audit = audit;
        this.users = users;
        this.clock = clock;
    }

    /** The wallet comes last: what is awaited no more by then is in it. */
    Future<Erasure> find(Accounts.FindErasure message) {
        UUID id = message.id();
        return bus.ask(new Users.Get(id))
                .compose(user -> database.withConnection(connection -> facts(connection, user)))
                .compose(facts -> bus.ask(new Wallets.Find(id)).map(wallet -> facts.apply(wallet.balances())));
    }

    Future<Erasure> erase(Accounts.Erase message) {
        return bus.ask(new Users.Get(message.id()))
                .compose(known -> database.inTransaction(tx -> erase(tx, message)))
                .compose(this::eraseReferences);
    }

    /** Those that are too many for one transaction. When it fails, a repetition of the erasure goes on. */
    private Future<Erasure> eraseReferences(Erasure done) {
        UUID id = done.userId();
        return database.inTransaction(
                        tx -> ledger.lock(tx, List.of(id)).compose(locked -> UserReferences.erase(tx, id)))
                .compose(more -> more ? eraseReferences(done) : Future.succeededFuture(done));
    }

    private Future<Erasure> erase(SqlConnection tx, Accounts.Erase message) {
        UUID id = message.id();
        return ledger.lock(tx, List.of(id))
                .compose(locked -> users.lock(tx, id, message.actor())
                        .compose(user -> facts(tx, user))
                        .map(facts -> facts.apply(requireNonNull(locked.get(id)))))
                .compose(found -> found.erasedAt() == null
                        ? erase(tx, message, found)
                        : eraseTexts(tx, found.userId()).map(found));
    }

    /** Texts that people wrote; those that came in after an erasure go with its repetition. */
    private static Future<Void> eraseTexts(SqlConnection tx, UUID userId) {
        return Future.all(
                        ErasedDestinations.erase(tx, userId),
                        ErasedDescriptions.erase(tx, userId),
                        UserReferences.erase(tx, userId))
                .mapEmpty();
    }

    private Future<Erasure> erase(SqlConnection tx, Accounts.Erase message, Erasure found) {
        requireSettled(found, message.evenIfOwed());
        Instant now = clock.instant();
        return Future.all(
                        users.erase(tx, found.userId(), now),
                        eraseTexts(tx, found.userId()),
                        audit.record(tx, entry(message, found)))
                .map(erased -> found.doneAt(now));
    }

    private static Future<Function<Balances, Erasure>> facts(SqlConnection connection, User user) {
        Future<Boolean> awaits = AwaitedCredits.of(connection, user.id());
        Future<Long> destinations = ErasedDestinations.count(connection, user.id());
        return Future.all(awaits, destinations)
                .map(read -> balances ->
                        new Erasure(user.id(), user.erasedAt(), balances, awaits.result(), destinations.result()));
    }

    private static void requireSettled(Erasure found, boolean evenIfOwed) {
        if (found.payoutUnderWay()) {
            throw notSettled(found, "A payout is under way. Complete it or fail it first.");
        }
        if (!evenIfOwed && !found.settled()) {
            throw notSettled(
                    found, "Settle the balances first, or send even_if_owed: the amounts then stay in the books.");
        }
    }

    private static DomainException notSettled(Erasure found, String action) {
        return new DomainException(
                ErrorCode.ACCOUNT_NOT_SETTLED,
                "Money is owed to this user or by this user.",
                DomainException.details(
                        "user_id", found.userId().toString(),
                        "pending_balance", found.balances().pending().toString(),
                        "available_balance", found.balances().available().toString(),
                        "reserved_balance", found.balances().reserved().toString(),
                        "awaits_credit", found.awaitsCredit(),
                        "action", action));
    }

    private static AuditEntry entry(Accounts.Erase message, Erasure found) {
        return new AuditEntry(
                message.actor(),
                AuditAction.USER_ERASED,
                "user",
                found.userId().toString(),
                Map.of(
                        "pending_balance", found.balances().pending().toString(),
                        "available_balance", found.balances().available().toString()));
    }
}
