package com.clicknback.offers;

import com.clicknback.cashback.Calculation;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.merchants.Merchants;
import com.clicknback.money.Money;
import com.clicknback.money.TenThousandths;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;

/** Tells what an offer would do before it is created, by the rules and the calculation of real ones. */
final class OfferDrafts {
    /** More offers in the way than anybody moves aside for one. */
    private static final int OVERLAPS_MAX = 20;

    private final Bus bus;
    private final Database database;
    private final OfferRules rules;

    OfferDrafts(Bus bus, Database database, OfferRules rules) {
        this.bus = bus;
        this.database = database;
        this.rules = rules;
    }

    Future<DraftPreview> preview(Offers.PreviewDraft wanted, LocalDate today) {
        Offers.Create draft = wanted.draft();
        rules.firstBroken(draft, today).ifPresent(broken -> {
            throw DomainException.rule(broken.field(), broken.reason());
        });
        return bus.ask(new Merchants.Find(draft.merchantId()))
                .compose(merchant -> {
                    OffersVerticle.requireActive(draft.merchantId(), merchant.active());
                    return OfferStore.list(database, inTheWay(draft));
                })
                .map(overlaps -> preview(wanted, overlaps.items()));
    }

    private static Offers.List inTheWay(Offers.Create draft) {
        OfferWindow window = draft.window();
        return new Offers.List(
                new PageRequest(OVERLAPS_MAX, 0, null), false, true, draft.merchantId(), window.start(), window.end());
    }

    private static DraftPreview preview(Offers.PreviewDraft wanted, List<Offer> overlaps) {
        Offers.Create draft = wanted.draft();
        Money cap = Money.ofDecimal(draft.monthlyCap());
        CashbackTerms terms =
                new CashbackTerms(null, draft.cashbackType(), TenThousandths.of(draft.cashbackValue()), cap);
        Calculation calculation = Calculation.of(terms, wanted.amount());
        boolean inWindow = draft.window().holds(wanted.date());
        return new DraftPreview(
                wanted.date(),
                inWindow,
                wanted.amount(),
                calculation.unrounded(),
                calculation.rounded(),
                calculation.clamped(),
                calculation.cashback(),
                inWindow ? Money.min(calculation.cashback(), cap) : Money.ZERO,
                overlaps);
    }
}
