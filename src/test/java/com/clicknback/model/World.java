package com.clicknback.model;

import com.clicknback.model.Merchant.Terms;
import com.clicknback.model.Purchase.Status;
import com.clicknback.model.Submission.Name;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The service as its contract describes it, where everything happens at once and nothing fails. */
final class World {
    /** The merchant whose purchases the simulated bank never decides. */
    static final String UNDECIDED = "undecided";

    private static final Duration AHEAD_MAX = Duration.ofMinutes(5);
    private static final Duration AGE_MAX = Duration.ofDays(90);

    final List<String> users = List.of("ann", "ben", "cat");
    final List<String> partners = List.of("acme", "bolt");
    final Map<String, Merchant> merchants = new LinkedHashMap<>();
    final Map<String, Wallet> wallets = new LinkedHashMap<>();
    final Cashback cashback = new Cashback(wallets);
    final Payouts payouts = new Payouts(wallets);

    /** Partners that decide about their purchases themselves. */
    private final Set<String> deciding = new HashSet<>();

    final Verification verification = new Verification(cashback, UNDECIDED, deciding);
    private final Map<Name, Purchase> purchases = new LinkedHashMap<>();
    private final Map<Name, PartnerRecord> told = new LinkedHashMap<>();
    private Instant now;

    World(Instant now) {
        this.now = now;
        LocalDate today = today();
        LocalDate end = today.plusYears(20);
        users.forEach(user -> wallets.put(user, new Wallet()));
        open(new Merchant("five", "0", new Offer("five", Reward.percent("5"), 8_00, today, end)));
        open(new Merchant("fixed", "1.5", new Offer("fixed", Reward.fixed("2.505"), 6_00, today, end)));
        open(new Merchant(
                "seasons",
                "2.5",
                new Offer("winter", Reward.percent("10"), 12_00, today, today.plusDays(25)),
                new Offer("spring", Reward.percent("11"), 7_77, today.plusDays(26), end)));
        open(new Merchant("plain", "7.5"));
        open(new Merchant("generous", "20"));
        open(new Merchant("miser", "0"));
        open(new Merchant(UNDECIDED, "5", new Offer(UNDECIDED, Reward.percent("5"), 5_00, today, end)));
    }

    private void open(Merchant merchant) {
        merchants.put(merchant.name, merchant);
    }

    Instant now() {
        return now;
    }

    LocalDate today() {
        return day(now);
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Collection<Purchase> purchases() {
        return purchases.values();
    }

    Optional<Purchase> purchase(Name name) {
        return Optional.ofNullable(purchases.get(name));
    }

    PartnerRecord told(Name name) {
        return told.computeIfAbsent(name, n -> new PartnerRecord(cashback));
    }

    /** Answers a purchase that a user or a partner sends. */
    Verdict submit(Submission submission) {
        Purchase known = purchases.get(submission.name());
        if (known != null) {
            return submission.name().isOfPartner() ? repeat(submission, known) : duplicate(submission, known);
        }
        Verdict refusal = refusal(submission);
        if (refusal != null) {
            return refusal;
        }
        Terms terms = terms(submission).orElseThrow();
        Purchase purchase = new Purchase(submission, now, terms);
        purchases.put(purchase.name(), purchase);
        cashback.accept(purchase);
        return Verdict.of(201, purchase.name().toString(), "pending", purchase.cashbackAmount());
    }

    private static Verdict repeat(Submission submission, Purchase known) {
        List<String> differing = known.submission.differingFrom(submission);
        return differing.isEmpty()
                ? Verdict.of(200, known.name().toString(), known.status.wireName(), "duplicate")
                : Verdict.refused(409, "EXTERNAL_ID_REUSED", String.join(" ", differing));
    }

    private static Verdict duplicate(Submission submission, Purchase known) {
        return known.user().equals(submission.user())
                ? Verdict.refused(409, "DUPLICATE_PURCHASE", known.name().toString(), known.status.wireName())
                : Verdict.refused(409, "DUPLICATE_PURCHASE");
    }

    /** The refusal of the first eligibility rule that the submission breaks. */
    private @Nullable Verdict refusal(Submission submission) {
        Instant at = submission.purchasedAt() == null ? now : submission.purchasedAt();
        if (at.isAfter(now.plus(AHEAD_MAX)) || at.isBefore(now.minus(AGE_MAX))) {
            return Verdict.refused(422, "VALIDATION_ERROR", "purchased_at");
        }
        if (!submission.currency().equalsIgnoreCase("EUR")) {
            return Verdict.refused(422, "UNSUPPORTED_CURRENCY");
        }
        if (!wallets.containsKey(submission.user())) {
            return Verdict.refused(422, "USER_NOT_ELIGIBLE");
        }
        Merchant merchant = merchants.get(submission.merchant());
        if (merchant == null || !merchant.isActive()) {
            return Verdict.refused(422, "MERCHANT_NOT_ELIGIBLE");
        }
        return terms(submission).isEmpty() ? Verdict.refused(422, "OFFER_NOT_AVAILABLE") : null;
    }

    private Optional<Terms> terms(Submission submission) {
        Instant at = submission.purchasedAt() == null ? now : submission.purchasedAt();
        return merchants.get(submission.merchant()).termsOn(day(at));
    }

    /** An administrator's decision. */
    Verdict decide(Name name, Status wanted) {
        Purchase purchase = purchases.get(name);
        Verdict refusal = cashback.refusal(purchase, wanted);
        if (refusal != null) {
            return refusal;
        }
        cashback.change(purchase, wanted);
        return Verdict.of(200, name.toString(), wanted.wireName(), purchase.cashbackAmount());
    }

    Verdict tell(PartnerEvent event) {
        return told(event.purchase()).tell(event, purchases.get(event.purchase()));
    }

    void leaveDecisionsTo(String partner, boolean toPartner) {
        if (toPartner) {
            deciding.add(partner);
        } else {
            deciding.remove(partner);
        }
    }

    void verify() {
        verification.run(purchases.values(), this::awaitsEvents, now);
    }

    private boolean awaitsEvents(Purchase purchase) {
        return told.containsKey(purchase.name()) && told.get(purchase.name()).isWaiting();
    }

    /** Purchases that have arrived since their partner told something about them, which is yet to be applied. */
    List<Purchase> awaitingEvents() {
        List<Purchase> awaiting = new ArrayList<>();
        told.forEach((name, record) -> {
            if (record.isWaiting()) {
                purchase(name).ifPresent(awaiting::add);
            }
        });
        return awaiting;
    }

    /** True when nothing is in flight: all is credited, and events of purchases that arrived are applied. */
    boolean isSettled() {
        return cashback.uncredited().isEmpty() && awaitingEvents().isEmpty();
    }

    void settle() {
        cashback.creditAll();
        awaitingEvents().forEach(purchase -> told(purchase.name()).apply(purchase));
    }

    /**
     * Something that a partner said before, about a purchase that would end differently if another one's credit came first;
     * told again, it is applied at once and there is nothing left to race.
     */
    Optional<PartnerEvent> racing() {
        List<Purchase> awaiting = awaitingEvents();
        return awaiting.stream()
                .filter(purchase -> cashback.competes(purchase)
                        || awaiting.stream().anyMatch(other -> other != purchase && purchase.sharesAllowance(other)))
                .map(purchase -> told(purchase.name()).waiting().get(0))
                .findFirst();
    }

    /** The events that partners reported, the latest last. */
    List<PartnerEvent> knownEvents() {
        return told.values().stream().flatMap(record -> record.known().stream()).toList();
    }
}
