package com.clicknback.clicks;

import com.clicknback.cashback.CapMonth;
import com.clicknback.cashback.CashbackTerms;
import com.clicknback.clicks.ClickStore.Facts;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Database.WriteGate;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Grants a batch of clicks: one lookup, then one insert, while another thread signs the receipts. */
final class ClickGrants {
    private final Database database;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final Receipts receipts;
    private final WorkerExecutor signing;
    private final int holdDays;

    ClickGrants(
            Database database,
            TimeOrderedIds ids,
            Clock clock,
            Receipts receipts,
            WorkerExecutor signing,
            int holdDays) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.receipts = receipts;
        this.signing = signing;
        this.holdDays = holdDays;
    }

    /** The outcome of one click: exactly one of the two. */
    record Outcome(Clicks.@Nullable Made made, @Nullable DomainException refusal) {}

    private record Grant(Click click, PromisedTerms terms, String redirectUrl) {}

    private record Judged(@Nullable Grant grant, @Nullable DomainException refusal) {}

    /** The outcomes in order; fails only when the database does. */
    Future<List<Outcome>> grant(List<Clicks.Make> wanted) {
        return database.withConnection((connection, gate) -> grant(connection, gate, wanted));
    }

    private Future<List<Outcome>> grant(SqlConnection connection, WriteGate gate, List<Clicks.Make> wanted) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate month = CapMonth.of(today);
        return ClickStore.examine(connection, wanted, today, month, holdDays).compose(facts -> {
            List<Judged> judged = new ArrayList<>(wanted.size());
            for (int i = 0; i < wanted.size(); i++) {
                judged.add(judge(wanted.get(i), facts.get(i), YearMonth.from(month)));
            }
            List<Grant> granted =
                    judged.stream().map(Judged::grant).filter(Objects::nonNull).toList();
            if (granted.isEmpty()) {
                return Future.succeededFuture(outcomes(judged, List.of()));
            }
            Future<List<String>> signed = signing.executeBlocking(
                    () -> granted.stream()
                            .map(grant -> receipts.sign(grant.click(), grant.terms()))
                            .toList(),
                    false);
            Future<Void> stored = gate.pass()
                    .compose(open -> ClickStore.insert(
                            connection, granted.stream().map(Grant::click).toList()));
            return Future.all(signed, stored).map(done -> outcomes(judged, signed.result()));
        });
    }

    private Judged judge(Clicks.Make wanted, Facts facts, YearMonth month) {
        String template = facts.urlTemplate();
        CashbackTerms terms = facts.terms();
        if (!Boolean.TRUE.equals(facts.merchantActive()) || template == null) {
            return new Judged(null, notEligible(wanted.merchantId(), facts));
        }
        if (terms == null) {
            return new Judged(
                    null,
                    refuse(
                            ErrorCode.OFFER_NOT_AVAILABLE,
                            wanted.merchantId(),
                            "The merchant has no offer in force and no default cashback."));
        }
        ClickId id = new ClickId(ids.next());
        Instant expiresAt = id.issuedAt().plus(Duration.ofDays(facts.attributionDays()));
        return new Judged(
                new Grant(
                        new Click(id, wanted.userId(), wanted.merchantId(), terms, expiresAt),
                        PromisedTerms.of(terms, month, facts.capUsed()),
                        Destinations.of(template, id)),
                null);
    }

    private static DomainException notEligible(UUID merchantId, Facts facts) {
        String reason = facts.merchantActive() == null
                ? "The merchant does not exist."
                : facts.merchantActive() ? "The merchant takes no clicks." : "The merchant is not active.";
        return refuse(ErrorCode.MERCHANT_NOT_ELIGIBLE, merchantId, reason);
    }

    private static DomainException refuse(ErrorCode code, UUID merchantId, String reason) {
        return new DomainException(
                code, reason, DomainException.details("merchant_id", merchantId.toString(), "reason", reason));
    }

    /** Puts the receipts beside the grants, which have the same order. */
    private static List<Outcome> outcomes(List<Judged> judged, List<String> signed) {
        List<Outcome> outcomes = new ArrayList<>(judged.size());
        int granted = 0;
        for (Judged one : judged) {
            Grant grant = one.grant();
            outcomes.add(
                    grant == null
                            ? new Outcome(null, one.refusal())
                            : new Outcome(
                                    new Clicks.Made(
                                            grant.click(), grant.terms(), grant.redirectUrl(), signed.get(granted++)),
                                    null));
        }
        return outcomes;
    }
}
