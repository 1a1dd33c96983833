package com.clicknback.partnerevents.replay;

import static java.util.Objects.requireNonNull;

import com.clicknback.partnerevents.replay.PartnerEvent.Kind;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseStatus;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The partner's word on a purchase: the older of its confirmation and its rejection. It counts unless somebody else has
 * decided. Amounts do not touch it.
 *
 * @param byOthers true when an administrator or the verification job has decided, which stands
 * @param decision the older one, whichever arrived first; null when there is none
 */
record PartnerWord(boolean byOthers, @Nullable Parked decision) {

    static PartnerWord of(PurchaseState state, List<Parked> parked, List<OnRecord> onRecord) {
        Parked oldest = Stream.concat(parked.stream(), onRecord.stream().map(OnRecord::event))
                .filter(event -> event.event().kind().isDecision())
                .min(Parked.BY_TIME)
                .orElse(null);
        return new PartnerWord(isDecidedByOthers(state, onRecord), oldest);
    }

    private static boolean isDecidedByOthers(PurchaseState state, List<OnRecord> onRecord) {
        return switch (state.status()) {
            case PENDING -> false;
            case CONFIRMED -> !isEffective(onRecord, Kind.CONFIRMED);
            case REJECTED -> !isEffective(onRecord, Kind.REJECTED);
            case REVERSED ->
                !state.isRefundedInFull()
                        || state.reversedFrom() == PurchaseStatus.CONFIRMED && !isEffective(onRecord, Kind.CONFIRMED);
        };
    }

    private static boolean isEffective(List<OnRecord> onRecord, Kind kind) {
        return onRecord.stream()
                .anyMatch(record -> record.effective() && record.event().event().kind() == kind);
    }

    /** True for the decision that counts. */
    boolean isOf(Parked event) {
        return decision != null && decision.id().equals(event.id());
    }

    /** False for an amount that the partner told of with a later time than that of the rejection that counts. */
    boolean admits(Parked event) {
        return kind() != Kind.REJECTED || Parked.BY_TIME.compare(event, requireNonNull(decision)) < 0;
    }

    /** True for the rejection that counts. */
    boolean isRejection(Parked event) {
        return kind() == Kind.REJECTED && isOf(event);
    }

    /** The kind of the decision that counts; null when none of the partner's does. */
    @Nullable
    Kind kind() {
        return byOthers || decision == null ? null : decision.event().kind();
    }
}
