package com.clicknback.explanations;

import com.clicknback.ledger.JournalEntry;
import com.clicknback.ledger.TransferKind;
import com.clicknback.purchases.CashbackStatus;
import com.clicknback.purchases.Purchase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hold of a purchase's cashback, told as a sentence; also its form on the wire.
 *
 * @param holdDays of the terms; 0 when a feature flag alone holds or held the cashback
 * @param payableAt the end of the hold; null until confirmed, and in an end
 * @param releasedAt null unless the hold has ended
 */
public record HoldTold(
        int holdDays, @Nullable Instant payableAt, @Nullable Instant releasedAt, String message) {

    /** Null where nothing is held, was held or will be. */
    static @Nullable HoldTold of(Purchase purchase, int days, List<JournalEntry> journal) {
        boolean held = purchase.cashbackStatus() == CashbackStatus.HELD;
        // The last one: a purchase that was rejected and reinstated may have been released before.
        Instant releasedAt = held
                ? null
                : journal.stream()
                        .filter(entry -> entry.kind() == TransferKind.CASHBACK_RELEASED)
                        .map(JournalEntry::createdAt)
                        .reduce((earlier, later) -> later)
                        .orElse(null);
        return days == 0 && !held && releasedAt == null
                ? null
                : new HoldTold(days, purchase.payableAt(), releasedAt, message(purchase, days, held, releasedAt));
    }

    private static String message(Purchase purchase, int days, boolean held, @Nullable Instant releasedAt) {
        return switch (purchase.status()) {
            case PENDING ->
                "Once confirmed, the cashback stays pending for %s days, in which the goods may come back."
                        .formatted(days);
            case CONFIRMED -> {
                if (!held) {
                    // Nothing moved at its end. An administrator may have ended it before its days were over.
                    yield releasedAt == null
                            ? "The hold has ended."
                            : "The hold has ended: the cashback became available at %s.".formatted(releasedAt);
                }
                yield days == 0
                        ? "The purchase is confirmed, but a feature flag holds its cashback."
                        : "The purchase is confirmed, and its cashback is held for %s days, until %s."
                                .formatted(days, purchase.payableAt());
            }
            case REJECTED, REVERSED ->
                "The hold came to nothing: the purchase is %s."
                        .formatted(purchase.status().wireName());
        };
    }
}
