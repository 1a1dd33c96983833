package com.clicknback.accounts;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditRecord;
import com.clicknback.auth.SessionView;
import com.clicknback.clicks.ClickView;
import com.clicknback.flags.FlagView;
import com.clicknback.ingestion.references.ReportedOrder;
import com.clicknback.ledger.TransactionView;
import com.clicknback.ledger.WalletView;
import com.clicknback.payouts.Payout;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Continuation;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.purchases.Purchase;
import com.clicknback.users.UserView;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Export and erasure of accounts over HTTP. */
public final class AccountRoutes implements Routes {
    private final Bus bus;

    public AccountRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("exportMyData", this::export).on("getErasure", this::find).on("eraseUser", this::erase);
    }

    private record ErasureView(
            UUID userId,
            @Nullable Instant erasedAt,
            boolean settled,
            boolean awaitsCredit,
            WalletView wallet,
            long destinations) {
        static ErasureView of(Erasure erasure) {
            return new ErasureView(
                    erasure.userId(),
                    erasure.erasedAt(),
                    erasure.settled(),
                    erasure.awaitsCredit(),
                    WalletView.of(erasure.balances()),
                    erasure.destinations());
        }
    }

    private Future<Answer> find(Call call) {
        return bus.ask(new Accounts.FindErasure(call.id("id", "user")))
                .map(erasure -> Answer.ok(ErasureView.of(erasure)));
    }

    /** The body of eraseUser. */
    record Wanted(@Nullable Boolean evenIfOwed) {}

    private Future<Answer> erase(Call call) {
        boolean evenIfOwed = Boolean.TRUE.equals(call.body(Wanted.class).evenIfOwed());
        Actor actor = Actor.admin(call.user().id(), call.requestId());
        return bus.ask(new Accounts.Erase(call.id("id", "user"), evenIfOwed, actor))
                .map(erasure -> Answer.ok(ErasureView.of(erasure)));
    }

    private record ExportView(
            Instant exportedAt,
            UserView user,
            List<SessionView> sessions,
            List<Purchase> purchases,
            List<ReportedOrder> orders,
            List<ClickView> clicks,
            List<TransactionView> transactions,
            List<Payout> payouts,
            List<FlagView> flags,
            List<ChangeView> changes,
            @Nullable String nextCursor) {

        static ExportView of(ExportPart part) {
            ExportPlace next = part.next();
            return new ExportView(
                    part.at(),
                    UserView.of(part.user()),
                    part.sessions(),
                    part.purchases(),
                    part.orders(),
                    part.clicks(),
                    part.transactions().stream().map(TransactionView::of).toList(),
                    part.payouts(),
                    part.flags().stream().map(FlagView::of).toList(),
                    part.changes().stream().map(ChangeView::of).toList(),
                    next == null ? null : new Continuation(next.section().listName(), next.after()).cursor());
        }
    }

    /** A row of the audit log without the person who acted, who is somebody else. */
    private record ChangeView(Instant occurredAt, String actorType, String action, Map<String, Object> details) {
        static ChangeView of(AuditRecord row) {
            return new ChangeView(row.occurredAt(), row.actorType(), row.action(), row.details());
        }
    }

    private Future<Answer> export(Call call) {
        Continuation from = call.continuation(ExportPlace.LISTS);
        ExportPlace place = from == null ? ExportPlace.START : ExportPlace.of(from.list(), from.after());
        return bus.ask(new Accounts.Collect(call.user().id(), place)).map(part -> Answer.ok(ExportView.of(part)));
    }
}
