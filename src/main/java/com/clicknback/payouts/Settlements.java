package com.clicknback.payouts;

import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.platform.json.Wire;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.List;

/**
 * Takes payouts from state to state in a given transaction: payout, transfer, audit entry and event together. Competing
 * changes of one payout queue at its owner's wallet. The first wins; the others find the payout changed.
 */
public final class Settlements {
    private final PayoutBookings bookings;
    private final FourEyes fourEyes;
    private final Clock clock;

    public Settlements(PayoutBookings bookings, FourEyes fourEyes, Clock clock) {
        this.bookings = bookings;
        this.fourEyes = fourEyes;
        this.clock = clock;
    }

    /** Fails with the refusals of {@link Payouts.SetStatus}. */
    Future<Payout> apply(SqlConnection tx, Payouts.SetStatus wanted) {
        return PayoutStore.findOwner(tx, wanted.id())
                .compose(owner -> owner.isPresent()
                        ? bookings.lockWallet(tx, owner.get())
                        : Future.failedFuture(DomainException.notFound("payout", wanted.id())))
                .compose(locked -> PayoutStore.read(tx, wanted.id()))
                .compose(before -> {
                    FourEyes.requireOther(before, wanted.actor());
                    requireTransition(before, wanted.status());
                    return requireSecond(tx, before, wanted).compose(allowed -> change(tx, wanted, before));
                });
    }

    private Future<Void> requireSecond(SqlConnection tx, Payout payout, Payouts.SetStatus wanted) {
        return fourEyes.applies(payout, wanted.status())
                ? PayoutStore.findProcessedBy(tx, payout.id()).map(processedBy -> {
                    fourEyes.requireSecond(payout, processedBy.orElse(null), wanted.actor());
                    return null;
                })
                : Future.succeededFuture();
    }

    private static void requireTransition(Payout payout, PayoutStatus to) {
        List<PayoutStatus> allowed = payout.status().next();
        if (!allowed.contains(to)) {
            throw new DomainException(
                    ErrorCode.INVALID_PAYOUT_TRANSITION,
                    "A payout that is " + Wire.name(payout.status()) + " cannot become " + Wire.name(to) + ".",
                    DomainException.details(
                            "payout_id", payout.id().toString(),
                            "current_status", Wire.name(payout.status()),
                            "allowed_transitions",
                                    allowed.stream().map(Wire::name).toList()));
        }
    }

    private Future<Payout> change(SqlConnection tx, Payouts.SetStatus wanted, Payout before) {
        Payout after = after(wanted, before);
        return Future.all(
                        PayoutStore.change(tx, after, wanted.actor().id()),
                        bookings.changed(tx, before, after, wanted.actor()))
                .map(after);
    }

    private Payout after(Payouts.SetStatus wanted, Payout before) {
        String reference = wanted.externalReference();
        return new Payout(
                before.id(),
                before.userId(),
                before.amount(),
                before.method(),
                before.ibanLast4(),
                wanted.status(),
                before.requestedAt(),
                wanted.status().isFinal() ? clock.instant() : null,
                reference == null ? before.externalReference() : reference,
                wanted.failureReason());
    }
}
