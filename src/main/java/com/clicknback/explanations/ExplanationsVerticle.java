package com.clicknback.explanations;

import com.clicknback.cashback.Crediting;
import com.clicknback.ledger.Ledger;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.purchases.Decisions;
import com.clicknback.verification.AutoConfirm;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Explains purchases and previews their reversals. */
public final class ExplanationsVerticle extends VerticleBase {
    private final Bus bus;
    private final Explainer explainer;
    private final ReversalPreviews previews;

    /**
     * @param attemptsMax undecided verifications after which a purchase is rejected
     */
    public ExplanationsVerticle(
            Bus bus, Database database, Decisions decisions, Ledger ledger, Crediting crediting, int attemptsMax) {
        this.bus = bus;
        this.explainer = new Explainer(database, new AutoConfirm(bus), attemptsMax);
        this.previews = new ReversalPreviews(database, decisions, ledger, crediting);
    }

    @Override
    public Future<?> start() {
        bus.answer(Explanations.Explain.class, request -> explainer.explain(request.id()));
        bus.answer(Explanations.PreviewReversal.class, previews::preview);
        return Future.succeededFuture();
    }
}
