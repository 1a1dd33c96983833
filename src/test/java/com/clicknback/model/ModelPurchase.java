package com.clicknback.model;

import com.clicknback.model.ModelMerchant.Terms;
import com.clicknback.model.ModelSubmission.Name;
import com.clicknback.model.ModelWallet.Balance;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A purchase that was accepted, and where it stands. */
final class ModelPurchase {
    /** The states of a purchase. */
    enum Status {
        PENDING,
        CONFIRMED,
        REJECTED,
        REVERSED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** By the partner, once that has reported what its user had submitted. */
    ModelSubmission submission;

    final Instant purchasedAt;
    final Terms terms;
    Status status = Status.PENDING;
    boolean credited;

    /** Its place in the order of arrival. */
    int serial;

    /** Its cashback; before crediting, that without a cap. An end leaves it as it was. */
    long heldMinor;

    long refundedMinor;

    /** The corrections that count; the last one that is not below what was refunded stands. */
    final List<ModelEvent> corrections = new ArrayList<>();

    /** The state that a reversal ended. */
    @Nullable
    Status reversedFrom;

    /** True while its cashback is confirmed and pending. */
    boolean held;

    boolean byPerson;

    /** The next look of the releases at it, once it is held. */
    Instant releaseDueAt = Instant.MAX;

    /** Undecided verifications so far. */
    int attempts;

    Instant dueAt;

    ModelPurchase(ModelSubmission submission, Instant receivedAt, Terms terms) {
        this.submission = submission;
        this.purchasedAt = submission.purchasedAt() == null ? receivedAt : submission.purchasedAt();
        this.terms = terms;
        this.heldMinor = entitledMinor();
        this.dueAt = receivedAt;
    }

    Name name() {
        return submission.name();
    }

    String user() {
        return submission.user();
    }

    /** Null when there is no cap. */
    Allowances.@Nullable Key allowance() {
        return terms.offer() == null
                ? null
                : new Allowances.Key(user(), terms.offer().name, YearMonth.from(purchasedAt.atOffset(ZoneOffset.UTC)));
    }

    boolean sharesAllowance(ModelPurchase other) {
        Allowances.Key mine = allowance();
        return mine != null && mine.equals(other.allowance());
    }

    long amountMinor() {
        return corrections.stream()
                .filter(correction -> correction.amountMinor() >= refundedMinor)
                .max(ModelEvent.IN_ORDER)
                .map(ModelEvent::amountMinor)
                .orElse(submission.amountMinor());
    }

    long leftMinor() {
        return Math.max(0, amountMinor() - refundedMinor);
    }

    /** The most that refunds may add up to. */
    long highestMinor() {
        return corrections.stream().mapToLong(ModelEvent::amountMinor).reduce(submission.amountMinor(), Math::max);
    }

    boolean isLive() {
        return status == Status.PENDING || status == Status.CONFIRMED;
    }

    boolean isRefundedInFull() {
        return status == Status.REVERSED && leftMinor() == 0;
    }

    /** Its cashback without a cap, as long as its state leaves it any. */
    long entitledMinor() {
        return isLive() ? terms.reward().cashbackMinor(amountMinor(), leftMinor()) : 0;
    }

    /** The balance that its cashback is in. */
    Balance balance() {
        return status == Status.CONFIRMED && !held ? Balance.AVAILABLE : Balance.PENDING;
    }

    String cashbackAmount() {
        return Decimals.text(status == Status.REVERSED ? 0 : heldMinor);
    }

    @Nullable
    String cashbackStatus() {
        if (!credited) {
            return null;
        }
        if (status == Status.CONFIRMED) {
            return held ? "held" : "available";
        }
        return status.wireName();
    }

    /** As the API shows it. */
    @Override
    public String toString() {
        return status.wireName() + " " + cashbackAmount() + " " + cashbackStatus();
    }
}
