package com.clicknback.payouts;

import com.clicknback.ledger.Balances;
import com.clicknback.money.Money;
import com.clicknback.payouts.IdempotencyStore.Used;
import com.clicknback.payouts.Payouts.Created;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out payout requests in a given transaction: payout, idempotency key, transfer, audit entry and event together.
 * The requests of one user queue at the wallet, so that each sees what those before it took.
 */
public final class PayoutRequests {
    private static final Logger LOG = LoggerFactory.getLogger(PayoutRequests.class);

    private final PayoutBookings bookings;
    private final PayoutPolicy policy;
    private final DestinationCipher cipher;
    private final TimeOrderedIds ids;
    private final Clock clock;

    public PayoutRequests(
            PayoutBookings bookings, PayoutPolicy policy, DestinationCipher cipher, TimeOrderedIds ids, Clock clock) {
        this.bookings = bookings;
        this.policy = policy;
        this.cipher = cipher;
        this.ids = ids;
        this.clock = clock;
    }

    /** Fails with the refusals of {@link Payouts.Create}, in their order. */
    Future<Created> apply(SqlConnection tx, Payouts.Create wanted) {
        UUID userId = wanted.userId();
        return bookings.lockWallet(tx, userId).compose(balances -> {
            String key = wanted.idempotencyKey();
            return key == null
                    ? take(tx, wanted, balances)
                    : IdempotencyStore.find(tx, userId, key)
                            .compose(
                                    used -> used.isPresent() ? replay(wanted, used.get()) : take(tx, wanted, balances));
        });
    }

    private Future<Created> replay(Payouts.Create wanted, Used used) {
        if (!cipher.knows(used.keyId())) {
            // Neither a repeat nor another request, as far as this process can tell. Another one may have the key.
            LOG.error("a payout request cannot be recognised: the encryption key {} is not configured", used.keyId());
            return Future.failedFuture(DomainException.unavailable());
        }
        byte[] fingerprint = cipher.fingerprint(used.keyId(), wanted.amount(), wanted.destination());
        if (MessageDigest.isEqual(fingerprint, used.fingerprint())) {
            return Future.succeededFuture(new Created(used.answer(), true));
        }
        return Future.failedFuture(new DomainException(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "This Idempotency-Key was used for another payout. Use a new key for a new payout.",
                Map.of("idempotency_key", wanted.idempotencyKey())));
    }

    private Future<Created> take(SqlConnection tx, Payouts.Create wanted, Balances balances) {
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

    private Future<Created> book(SqlConnection tx, Payouts.Create wanted, Instant now) {
        Destination destination = wanted.destination();
        Payout payout = Payout.requested(ids.next(), wanted.userId(), wanted.amount(), destination.ibanLast4(), now);
        return Future.all(
                        PayoutStore.insert(tx, payout, cipher.encrypt(payout.id(), destination)),
                        keepKey(tx, wanted, payout),
                        bookings.requested(tx, payout, wanted.actor()))
                .map(new Created(payout, false));
    }

    private Future<Void> keepKey(SqlConnection tx, Payouts.Create wanted, Payout payout) {
        String key = wanted.idempotencyKey();
        if (key == null) {
            return Future.succeededFuture();
        }
        byte[] fingerprint = cipher.fingerprint(cipher.currentKeyId(), wanted.amount(), wanted.destination());
        return IdempotencyStore.insert(tx, key, fingerprint, payout);
    }
}
