package com.clicknback.partnerevents;

import com.clicknback.partnerevents.PartnerEvent.Kind;
import com.clicknback.partnerevents.PartnerEventRules.Outcome;
import com.clicknback.partnerevents.PartnerEventStore.OnRecord;
import com.clicknback.partnerevents.PartnerEventStore.Parked;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.purchases.Change;
import com.clicknback.purchases.Decision;
import com.clicknback.purchases.PurchaseState;
import com.clicknback.purchases.PurchaseStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events that are to be applied to a purchase, in the order of the partner's times. An older confirmation or rejection
 * that arrives behind the newer one that it contradicts counts; the newer one is then refused. Decisions of others stand.
 */
final class Replay {
    /** Ties are broken as in the database. */
    private static final Comparator<Parked> BY_TIME = Comparator.comparing(
                    (Parked parked) -> parked.event().occurredAt())
            .thenComparing(parked -> parked.event().kind())
            .thenComparing(parked -> Objects.requireNonNullElse(
                    parked.event().refundId(),
                    Objects.requireNonNullElse(parked.event().correctionId(), "")));

    private final List<Change> overturning = new ArrayList<>();
    private final Set<UUID> refusedBefore = new HashSet<>();
    private final Set<UUID> effective = new HashSet<>();
    private final Supplier<UUID> ids;
    private List<Parked> events;
    private PurchaseState state;

    /**
     * @param parked in their order
     * @param onRecord the events of the purchase that were judged before; only needed when it may be overturned
     * @param ids for changes
     */
    Replay(PurchaseState state, List<Parked> parked, List<OnRecord> onRecord, Supplier<UUID> ids) {
        this.ids = ids;
        this.state = state;
        this.events = parked;
        decision(state, onRecord)
                .flatMap(decided -> contrary(decided, parked).map(older -> new Contradiction(decided, older)))
                .ifPresent(contradiction -> overturn(contradiction, onRecord));
    }

    private record Contradiction(Parked decided, Parked older) {}

    /** True when an event may contradict the decision in force, so that those on record have to be known. */
    static boolean mayOverturn(PurchaseState state, List<Parked> parked) {
        Kind contrary = contrary(state.status());
        return contrary != null
                && parked.stream().anyMatch(event -> event.event().kind() == contrary);
    }

    private static @Nullable Kind contrary(PurchaseStatus status) {
        return switch (status) {
            case CONFIRMED -> Kind.REJECTED;
            case REJECTED -> Kind.CONFIRMED;
            case PENDING, REVERSED -> null;
        };
    }

    private static Optional<Parked> decision(PurchaseState state, List<OnRecord> onRecord) {
        Kind kind = state.status() == PurchaseStatus.CONFIRMED ? Kind.CONFIRMED : Kind.REJECTED;
        return onRecord.stream()
                .filter(event -> event.effective() && event.event().event().kind() == kind)
                .map(OnRecord::event)
                .filter(event -> contrary(state.status()) != null)
                .findFirst();
    }

    private static Optional<Parked> contrary(Parked decided, List<Parked> parked) {
        Kind contrary = decided.event().kind() == Kind.CONFIRMED ? Kind.REJECTED : Kind.CONFIRMED;
        return parked.stream()
                .filter(event -> event.event().kind() == contrary && BY_TIME.compare(event, decided) < 0)
                .findFirst();
    }

    private void overturn(Contradiction contradiction, List<OnRecord> onRecord) {
        PartnerEvent older = contradiction.older().event();
        Change change = older.kind() == Kind.CONFIRMED
                ? new Change.Reinstated(state, ids.get(), older.actor())
                : new Change.Decided(state, Decision.REJECT, older.reason(), older.actor());
        overturning.add(change);
        effective.add(contradiction.older().id());
        state = change.after();
        List<Parked> all = new ArrayList<>(events);
        all.add(contradiction.decided());
        if (older.kind() == Kind.CONFIRMED) {
            onRecord.stream()
                    .filter(event -> !event.effective())
                    .map(OnRecord::event)
                    .forEach(event -> {
                        refusedBefore.add(event.id());
                        all.add(event);
                    });
        }
        all.sort(BY_TIME);
        events = List.copyOf(all);
    }

    List<Parked> events() {
        return events;
    }

    /** The effects; an event that is refused again is left as it is. */
    Outcome outcome(@Nullable UUID reported) {
        Set<UUID> asSent = new HashSet<>(refusedBefore);
        if (reported != null) {
            asSent.add(reported);
        }
        Outcome applied = PartnerEventRules.outcome(state, events, asSent, ids);
        List<Change> changes = new ArrayList<>(overturning);
        changes.addAll(applied.changes());
        Map<UUID, Optional<DomainException>> verdicts = new LinkedHashMap<>(applied.verdicts());
        verdicts.entrySet()
                .removeIf(verdict -> refusedBefore.contains(verdict.getKey())
                        && verdict.getValue().isPresent());
        effective.addAll(applied.effective());
        return new Outcome(changes, verdicts, effective);
    }
}
