package com.clicknback.payouts;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.events.PayoutEvents;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Balances;
import com.clicknback.ledger.Ledger;
import com.clicknback.ledger.Transfer;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import com.clicknback.payouts.IdempotencyStore.Used;
import com.clicknback.payouts.RequestPayout.Requested;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.events.EventLog;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Carries out payout requests in a given transaction: payout, idempotency key, transfer, audit and event together. The
 * requests of one user queue at the wallet, so that each sees what those before it took.
 */
final class PayoutRequests {
    private final Ledger ledger;
    private final AuditTrail audit;
    private final EventLog events;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final DestinationCipher cipher;
    private final PayoutPolicy policy;

    PayoutRequests(PayoutsVerticle.Shared shared, DestinationCipher cipher, PayoutPolicy policy) {
        this.ledger = shared.ledger();
        this.audit = shared.audit();
        this.events = shared.events();
        this.ids = shared.ids();
        this.clock = shared.clock();
        this.cipher = cipher;
        this.policy = policy;
    }

    /** Fails with the refusals of {@link RequestPayout}, in the order of the HTTP contract. */
    Future<Requested> apply(SqlConnection tx, RequestPayout wanted) {
        UUID userId = wanted.userId();
        return ledger.lock(tx, List.of(userId)).compose(locked -> {
            Balances balances = requireNonNull(locked.get(userId));
            String key = wanted.idempotencyKey();
            return key == null
                    ? take(tx, wanted, balances)
                    : IdempotencyStore.find(tx, userId, key)
                            .compose(
                                    used -> used.isPresent() ? replay(wanted, used.get()) : take(tx, wanted, balances));
        });
    }

    private Future<Requested> replay(RequestPayout wanted, Used used) {
        byte[] fingerprint = cipher.fingerprint(used.keyId(), wanted.amount(), wanted.destination());
        if (MessageDigest.isEqual(fingerprint, used.fingerprint())) {
            return Future.succeededFuture(new Requested(used.answer(), true));
        }
        return Future.failedFuture(new DomainException(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for another payout. Use a new key for a new payout.",
                Map.of("idempotency_key", wanted.idempotencyKey())));
    }

    private Future<Requested> take(SqlConnection tx, RequestPayout wanted, Balances balances) {
        Instant now = clock.instant();
        return PayoutStore.sumRequested(tx, wanted.userId(), now.minus(PayoutPolicy.WINDOW))
                .compose(requested -> {
                    requirePolicy(wanted.amount(), requested);
                    requireBalance(wanted.amount(), balances);
                    return book(tx, wanted, now);
                });
    }

    private void requirePolicy(Money amount, Money requested) {
        List<PayoutPolicy.Violation> violations = policy.violations(amount, requested);
        if (!violations.isEmpty()) {
            throw DomainException.withViolations(
                    ErrorCode.PAYOUT_POLICY_VIOLATION,
                    "The payout is outside of what may be withdrawn at a time or within 30 days.",
                    violations);
        }
    }

    private static void requireBalance(Money amount, Balances balances) {
        if (balances.available().compareTo(amount) < 0) {
            throw new DomainException(
                    ErrorCode.INSUFFICIENT_BALANCE,
                    "The available balance is lower than the payout.",
                    DomainException.details(
                            "requested_amount", amount.toString(),
                            "available_balance", balances.available().toString(),
                            "pending_balance", balances.pending().toString(),
                            "action", "Request at most the available balance."));
        }
    }

    private Future<Requested> book(SqlConnection tx, RequestPayout wanted, Instant now) {
        Destination destination = wanted.destination();
        Payout payout = Payout.requested(ids.next(), wanted.userId(), wanted.amount(), destination.ibanLast4(), now);
        return Future.all(List.of(
                        PayoutStore.insert(tx, payout, cipher.encrypt(payout.id(), destination)),
                        keep(tx, wanted, payout),
                        ledger.post(tx, List.of(transfer(payout))),
                        audit.record(tx, entry(wanted, payout)),
                        events.append(tx, PayoutEvents.REQUESTED, payout.moved())))
                .map(new Requested(payout, false));
    }

    private Future<Void> keep(SqlConnection tx, RequestPayout wanted, Payout payout) {
        String key = wanted.idempotencyKey();
        if (key == null) {
            return Future.succeededFuture();
        }
        byte[] fingerprint = cipher.fingerprint(cipher.currentKeyId(), wanted.amount(), wanted.destination());
        return IdempotencyStore.insert(tx, key, fingerprint, payout);
    }

    private static Transfer transfer(Payout payout) {
        return Transfer.ofPayout(
                payout.id(),
                payout.userId(),
                TransferKind.PAYOUT_REQUESTED,
                Account.AVAILABLE,
                Account.RESERVED,
                payout.amount());
    }

    private static AuditEntry entry(RequestPayout wanted, Payout payout) {
        return new AuditEntry(
                wanted.actor(),
                AuditAction.PAYOUT_REQUESTED,
                "payout",
                payout.id().toString(),
                Map.of("amount", payout.amount().toString(), "iban_last4", payout.ibanLast4()));
    }
}
