package com.clicknback.model;

import com.clicknback.model.ModelMerchant.Terms;
import com.clicknback.model.ModelPurchase.Status;
import com.clicknback.model.ModelSubmission.Name;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

    final List<String> users = List.of("ann", "ben", "cat");
    final List<String> partners = List.of("acme", "bolt");
    final Map<String, ModelMerchant> merchants = new LinkedHashMap<>();
    final Map<String, ModelWallet> wallets = new LinkedHashMap<>();
    final ModelFlags flags = new ModelFlags();
    final ModelCashback cashback = new ModelCashback(wallets, flags);
    final ModelReleases releases = new ModelReleases(cashback, flags);
    final ModelPayouts payouts = new ModelPayouts(wallets);

    /** Partners that decide about their purchases themselves. */
    private final Set<String> deciding = new HashSet<>();

    final ModelVerification verification = new ModelVerification(cashback, flags, UNDECIDED, deciding);
    final ModelOrders orders = new ModelOrders();
    private final Map<Name, ModelPurchase> purchases = new LinkedHashMap<>();

    /** By the names of second reports. */
    private final Map<Name, ModelPurchase> attached = new HashMap<>();

    private final Map<Name, PartnerRecord> told = new LinkedHashMap<>();
    private final List<ModelClick> clicks = new ArrayList<>();
    private Instant now;

    World(Instant now) {
        this.now = now;
        LocalDate today = today();
        LocalDate end = today.plusYears(20);
        users.forEach(user -> wallets.put(user, new ModelWallet()));
        open(new ModelMerchant("five", "0", new ModelOffer("five", Reward.percent("5"), 8_00, today, end)).holding(1));
        open(new ModelMerchant("fixed", "1.5", new ModelOffer("fixed", Reward.fixed("2.505"), 6_00, today, end)));
        open(new ModelMerchant(
                "seasons",
                "2.5",
                new ModelOffer("winter", Reward.percent("10"), 12_00, today, today.plusDays(25)),
                new ModelOffer("spring", Reward.percent("11"), 7_77, today.plusDays(26), end)));
        open(new ModelMerchant("plain", "7.5"));
        open(new ModelMerchant("generous", "20").holding(3));
        open(new ModelMerchant("miser", "0"));
        open(new ModelMerchant(UNDECIDED, "5", new ModelOffer(UNDECIDED, Reward.percent("5"), 5_00, today, end)));
    }

    private void open(ModelMerchant merchant) {
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

    Collection<ModelPurchase> purchases() {
        return purchases.values();
    }

    Optional<ModelPurchase> purchase(Name name) {
        return Optional.ofNullable(purchases.getOrDefault(name, attached.get(name)));
    }

    PartnerRecord told(Name name) {
        return told.computeIfAbsent(name, n -> new PartnerRecord(cashback, this::now));
    }

    /** Answers a purchase that a user or a partner sends. */
    ExpectedAnswer submit(ModelSubmission submission) {
        ModelPurchase known = purchase(submission.name()).orElse(null);
        if (known != null) {
            return submission.name().isOfPartner() ? repeat(submission, known) : duplicate(submission, known);
        }
        ExpectedAnswer refusal = refusalOfReport(submission);
        if (refusal != null) {
            return refusal;
        }
        return secondReport(submission).orElseGet(() -> first(submission));
    }

    /** Answers another report of an order; empty when it becomes a purchase of its own. */
    private Optional<ExpectedAnswer> secondReport(ModelSubmission submission) {
        Optional<ModelOrders.Other> found =
                submission.orderRef() == null ? Optional.empty() : orders.other(submission, purchasedAt(submission));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ModelPurchase purchase = found.get().purchase();
        boolean rejected = purchase.status == Status.REJECTED;
        if (!found.get().awaited()) {
            return rejected ? Optional.empty() : Optional.of(duplicate(submission, purchase));
        }
        if (rejected && submission.name().isOfPartner()) {
            orders.close(submission);
            return Optional.empty();
        }
        orders.attach(purchase, submission);
        attached.put(submission.name(), purchase);
        cashback.touched().add(purchase);
        return Optional.of(ExpectedAnswer.of(
                200,
                purchase.name().toString(),
                purchase.status.wireName(),
                submission.name().isOfPartner() ? "duplicate" : purchase.cashbackAmount()));
    }

    private ExpectedAnswer first(ModelSubmission submission) {
        ExpectedAnswer refusal = refusalOfTerms(submission);
        if (refusal != null) {
            return refusal;
        }
        Terms terms = promised(submission).or(() -> terms(submission)).orElseThrow();
        ModelPurchase purchase = new ModelPurchase(submission, now, terms);
        purchases.put(purchase.name(), purchase);
        cashback.accept(purchase);
        if (submission.orderRef() != null) {
            orders.open(purchase);
        }
        return ExpectedAnswer.of(201, purchase.name().toString(), "pending", purchase.cashbackAmount());
    }

    private static ExpectedAnswer repeat(ModelSubmission submission, ModelPurchase known) {
        List<String> differing = known.submission.differingFrom(submission);
        return differing.isEmpty()
                ? ExpectedAnswer.of(200, known.name().toString(), known.status.wireName(), "duplicate")
                : ExpectedAnswer.refused(409, "EXTERNAL_ID_REUSED", String.join(" ", differing));
    }

    private static ExpectedAnswer duplicate(ModelSubmission submission, ModelPurchase known) {
        return known.user().equals(submission.user())
                ? ExpectedAnswer.refused(409, "DUPLICATE_PURCHASE", known.name().toString(), known.status.wireName())
                : ExpectedAnswer.refused(409, "DUPLICATE_PURCHASE");
    }

    private Instant purchasedAt(ModelSubmission submission) {
        return submission.purchasedAt() == null ? now : submission.purchasedAt();
    }

    /** The refusal of the first eligibility rule that the submission breaks. */
    private @Nullable ExpectedAnswer refusalOfReport(ModelSubmission submission) {
        Instant at = purchasedAt(submission);
        if (at.isAfter(now.plus(AHEAD_MAX)) || at.isBefore(now.minus(ageMax(submission)))) {
            return ExpectedAnswer.refused(422, "VALIDATION_ERROR", "purchased_at");
        }
        if (!submission.currency().equalsIgnoreCase("EUR")) {
            return ExpectedAnswer.refused(422, "UNSUPPORTED_CURRENCY");
        }
        if (submission.click() != null && submission.click().click().isExpiredAt(at)) {
            return ExpectedAnswer.refused(422, "CLICK_NOT_ELIGIBLE");
        }
        if (!wallets.containsKey(submission.user())) {
            return ExpectedAnswer.refused(422, "USER_NOT_ELIGIBLE");
        }
        return null;
    }

    /** The same for the rules about merchant and terms, which a second report need not keep. */
    private @Nullable ExpectedAnswer refusalOfTerms(ModelSubmission submission) {
        Instant at = purchasedAt(submission);
        if (promised(submission).isPresent()) {
            return null;
        }
        ModelMerchant merchant = merchants.get(submission.merchant());
        if (merchant == null || !merchant.wasActive(at)) {
            return ExpectedAnswer.refused(422, "MERCHANT_NOT_ELIGIBLE");
        }
        return terms(submission).isEmpty() ? ExpectedAnswer.refused(422, "OFFER_NOT_AVAILABLE") : null;
    }

    /** The terms of the click that a purchase names, if it was made during the life of the click. */
    private Optional<Terms> promised(ModelSubmission submission) {
        Instant at = purchasedAt(submission);
        return Optional.ofNullable(submission.click())
                .map(ModelSubmission.Named::click)
                .filter(click -> click.covers(at))
                .map(ModelClick::terms);
    }

    /** Answers a user who goes to a merchant by a click. */
    ExpectedAnswer click(String user, String merchantName) {
        ModelMerchant merchant = merchants.get(merchantName);
        if (!merchant.isActive() || merchantName.equals(UNDECIDED)) {
            return ExpectedAnswer.refused(422, "MERCHANT_NOT_ELIGIBLE");
        }
        Optional<Terms> terms = merchant.termsAt(now);
        if (terms.isEmpty()) {
            return ExpectedAnswer.refused(422, "OFFER_NOT_AVAILABLE");
        }
        ModelClick made = ModelClick.made("click-" + clicks.size(), user, merchantName, terms.get(), now);
        clicks.add(made);
        return made.promise();
    }

    /** Clicks that are kept for sure, the expired ones of them included. */
    List<ModelClick> recentClicks() {
        Instant from = now.minus(ModelClick.ATTRIBUTION.multipliedBy(2));
        return clicks.stream().filter(click -> click.issuedAt().isAfter(from)).toList();
    }

    static Duration ageMax(ModelSubmission submission) {
        return Duration.ofDays(submission.name().isOfPartner() ? 400 : 31);
    }

    private Optional<Terms> terms(ModelSubmission submission) {
        return merchants.get(submission.merchant()).termsAt(purchasedAt(submission));
    }

    /** An administrator's decision. */
    ExpectedAnswer decide(Name name, Status wanted) {
        ModelPurchase purchase = purchase(name).orElseThrow();
        ExpectedAnswer refusal = cashback.refusal(purchase, wanted);
        if (refusal != null) {
            return refusal;
        }
        if (wanted == Status.CONFIRMED) {
            cashback.confirm(purchase, true, now);
        } else {
            cashback.change(purchase, wanted);
        }
        return ExpectedAnswer.of(200, name.toString(), wanted.wireName(), purchase.cashbackAmount());
    }

    ExpectedAnswer tell(ModelEvent event) {
        return told(event.purchase()).tell(event, purchase(event.purchase()).orElse(null));
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

    void release() {
        releases.run(purchases.values(), now);
    }

    private boolean awaitsEvents(ModelPurchase purchase) {
        return told.containsKey(purchase.name()) && told.get(purchase.name()).isWaiting();
    }

    /** Purchases that have arrived since their partner told something about them, which is yet to be applied. */
    List<ModelPurchase> awaitingEvents() {
        List<ModelPurchase> awaiting = new ArrayList<>();
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
    Optional<ModelEvent> racing() {
        List<ModelPurchase> awaiting = awaitingEvents();
        return awaiting.stream()
                .filter(purchase -> cashback.competes(purchase)
                        || awaiting.stream().anyMatch(other -> other != purchase && purchase.sharesAllowance(other)))
                .map(purchase -> told(purchase.name()).waiting().get(0))
                .findFirst();
    }

    /** The events that partners reported, the latest last. */
    List<ModelEvent> knownEvents() {
        return told.values().stream().flatMap(record -> record.known().stream()).toList();
    }
}
