package com.clicknback.explanations;

import com.clicknback.audit.Actor;
import com.clicknback.cashback.Calculation;
import com.clicknback.cashback.CapDraw;
import com.clicknback.cashback.CapUsage;
import com.clicknback.explanations.Explanation.CorrectionTaken;
import com.clicknback.explanations.Explanation.Credited;
import com.clicknback.explanations.Explanation.Order;
import com.clicknback.explanations.Explanation.RefundTaken;
import com.clicknback.explanations.Explanation.RefusedEvent;
import com.clicknback.explanations.ReversalPreview.Standing;
import com.clicknback.ledger.Account;
import com.clicknback.ledger.Balances;
import com.clicknback.ledger.JournalEntry;
import com.clicknback.ledger.TransferKind;
import com.clicknback.money.Money;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.purchases.CashbackStatus;
import com.clicknback.purchases.Purchase;
import com.clicknback.purchases.PurchaseSource;
import com.clicknback.purchases.PurchaseStatus;
import com.clicknback.purchases.http.PurchaseAccess;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Explanations of purchases and previews of their reversal over HTTP. */
public final class ExplanationRoutes implements Routes {
    private final Bus bus;

    public ExplanationRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("explainPurchase", this::explain).on("previewReversal", this::previewReversal);
    }

    private record ExplanationView(
            UUID id,
            String externalId,
            UUID userId,
            UUID merchantId,
            PurchaseSource source,
            Money amount,
            String currency,
            PurchaseStatus status,
            Money cashbackAmount,
            @Nullable CashbackStatus cashbackStatus,
            @Nullable Instant payableAt,
            Money refundedAmount,
            Instant purchasedAt,
            Instant createdAt,
            @Nullable ClickTold click,
            Calculation calculation,
            @Nullable CapDraw cap,
            @Nullable String capMessage,
            @Nullable Credited credit,
            List<RefundView> refunds,
            List<CorrectionView> corrections,
            List<AmountChange> changes,
            @Nullable HoldTold hold,
            List<StateChangeView> history,
            List<JournalView> journal,
            List<RefusedEvent> refusedEvents,
            @Nullable Order order,
            NextStep next) {

        /**
         * @param withActors whether the reader may know who acted
         */
        static ExplanationView of(Explanation explanation, boolean withActors) {
            Purchase purchase = explanation.purchase();
            return new ExplanationView(
                    purchase.id(),
                    purchase.externalId(),
                    purchase.userId(),
                    purchase.merchantId(),
                    purchase.source(),
                    purchase.amount(),
                    purchase.currency(),
                    purchase.status(),
                    purchase.cashbackAmount(),
                    purchase.cashbackStatus(),
                    purchase.payableAt(),
                    explanation.refundedAmount(),
                    purchase.purchasedAt(),
                    purchase.createdAt(),
                    ClickTold.of(purchase, explanation.order()),
                    explanation.calculation(),
                    explanation.cap(),
                    CapTold.of(explanation),
                    explanation.credit(),
                    explanation.refunds().stream()
                            .filter(RefundTaken::counts)
                            .map(RefundView::of)
                            .toList(),
                    explanation.corrections().stream()
                            .filter(CorrectionTaken::counts)
                            .map(CorrectionView::of)
                            .toList(),
                    explanation.changes(),
                    explanation.hold(),
                    explanation.history().stream()
                            .map(change -> StateChangeView.of(change, withActors))
                            .toList(),
                    journal(explanation),
                    explanation.refusedEvents(),
                    explanation.order(),
                    explanation.next());
        }

        private static List<JournalView> journal(Explanation explanation) {
            Map<UUID, String> refunds = new HashMap<>();
            Map<UUID, String> corrections = new HashMap<>();
            explanation.refunds().forEach(refund -> refunds.put(refund.id(), refund.refundId()));
            explanation
                    .corrections()
                    .forEach(correction -> corrections.put(correction.id(), correction.correctionId()));
            return explanation.journal().stream()
                    .map(entry -> JournalView.of(entry, refunds, corrections))
                    .toList();
        }
    }

    private record CorrectionView(
            String correctionId, @Nullable Money amount, Instant occurredAt, Instant createdAt) {
        static CorrectionView of(CorrectionTaken correction) {
            return new CorrectionView(
                    correction.correctionId(), correction.amount(), correction.occurredAt(), correction.createdAt());
        }
    }

    private record RefundView(String refundId, Money amount, Money cashbackAmount, Instant createdAt) {
        static RefundView of(RefundTaken refund) {
            return new RefundView(refund.refundId(), refund.amount(), refund.cashbackAmount(), refund.createdAt());
        }
    }

    private record StateChangeView(
            @Nullable PurchaseStatus from,
            PurchaseStatus to,
            Instant occurredAt,
            StateChange.@Nullable Kind actorType,
            @Nullable UUID actorId,
            @Nullable String reason) {

        static StateChangeView of(StateChange change, boolean withActor) {
            return new StateChangeView(
                    change.from(),
                    change.to(),
                    change.at(),
                    change.actor(),
                    withActor ? change.actorId() : null,
                    change.reason());
        }
    }

    private record JournalView(
            UUID id,
            TransferKind type,
            Money amount,
            @Nullable Account from,
            @Nullable Account to,
            @Nullable String refundId,
            @Nullable String correctionId,
            @Nullable UUID purchaseId,
            Instant createdAt) {

        /**
         * @param refunds the partner's ids of refunds, by ours
         * @param corrections its ids of corrections
         */
        static JournalView of(JournalEntry entry, Map<UUID, String> refunds, Map<UUID, String> corrections) {
            UUID causeId = entry.causeId();
            return new JournalView(
                    entry.id(),
                    entry.kind(),
                    entry.amount(),
                    balance(entry.source()),
                    balance(entry.destination()),
                    refunds.get(causeId),
                    corrections.get(causeId),
                    entry.kind() == TransferKind.CASHBACK_REALLOTTED ? causeId : null,
                    entry.createdAt());
        }
    }

    private static @Nullable Account balance(Account account) {
        return account == Account.OUTSIDE ? null : account;
    }

    private Future<Answer> explain(Call call) {
        return bus.ask(new Explanations.Explain(call.id("id", "purchase"))).map(explanation -> {
            PurchaseAccess.requireOwnerOrAdmin(call.user(), explanation.purchase());
            return Answer.ok(ExplanationView.of(explanation, call.user().admin()));
        });
    }

    private record PreviewView(
            UUID purchaseId,
            UUID userId,
            StandingView before,
            StandingView after,
            List<TransferView> transfers,
            List<ReversalPreview.Neighbour> neighbours) {
        static PreviewView of(ReversalPreview preview) {
            return new PreviewView(
                    preview.purchaseId(),
                    preview.userId(),
                    StandingView.of(preview.before()),
                    StandingView.of(preview.after()),
                    preview.transfers().stream().map(TransferView::of).toList(),
                    preview.neighbours());
        }
    }

    private record StandingView(
            PurchaseStatus status,
            @Nullable CashbackStatus cashbackStatus,
            Money cashbackAmount,
            @Nullable Instant payableAt,
            WalletView wallet,
            @Nullable CapUsage cap) {

        static StandingView of(Standing standing) {
            return new StandingView(
                    standing.status(),
                    standing.cashbackStatus(),
                    standing.cashbackAmount(),
                    standing.payableAt(),
                    WalletView.of(standing.wallet()),
                    standing.cap());
        }
    }

    private record WalletView(Money pendingBalance, Money availableBalance, Money reservedBalance, Money paidBalance) {
        static WalletView of(Balances balances) {
            return new WalletView(balances.pending(), balances.available(), balances.reserved(), balances.paid());
        }
    }

    private record TransferView(
            TransferKind type,
            Money amount,
            @Nullable Account from,
            @Nullable Account to) {
        static TransferView of(JournalEntry entry) {
            return new TransferView(
                    entry.kind(), entry.amount(), balance(entry.source()), balance(entry.destination()));
        }
    }

    private Future<Answer> previewReversal(Call call) {
        Actor actor = Actor.admin(call.user().id(), call.requestId());
        return bus.ask(new Explanations.PreviewReversal(call.id("id", "purchase"), actor))
                .map(preview -> Answer.ok(PreviewView.of(preview)));
    }
}
