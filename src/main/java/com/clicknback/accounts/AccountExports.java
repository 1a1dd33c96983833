package com.clicknback.accounts;

import com.clicknback.accounts.ExportPlace.Section;
import com.clicknback.audit.AuditLogs;
import com.clicknback.auth.Auth;
import com.clicknback.clicks.Clicks;
import com.clicknback.flags.FlagScope;
import com.clicknback.flags.Flags;
import com.clicknback.ingestion.Ingestion;
import com.clicknback.ledger.Wallets;
import com.clicknback.payouts.Payouts;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.PageRequest;
import com.clicknback.platform.db.PageRequest.Key;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import com.clicknback.purchases.Purchases;
import com.clicknback.users.User;
import com.clicknback.users.Users;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Collects exports part by part. A part goes on from list to list until it is full. */
final class AccountExports {
    /** Enough for most users to get everything at once; an answer stays below a megabyte. */
    static final int ITEMS_MAX = 200;

    private final Bus bus;
    private final Clock clock;

    AccountExports(Bus bus, Clock clock) {
        this.bus = bus;
        this.clock = clock;
    }

    Future<ExportPart> collect(Accounts.Collect message) {
        return bus.ask(new Users.Find(message.userId())).compose(found -> {
            User user = found.user();
            return user == null
                    ? Future.failedFuture(
                            new DomainException(ErrorCode.INVALID_TOKEN, "The account of this token no longer exists."))
                    : fill(ExportPart.of(clock.instant(), user), message.from(), ITEMS_MAX);
        });
    }

    private Future<ExportPart> fill(ExportPart part, ExportPlace from, int room) {
        Section section = from.section();
        return page(part.user().id(), from, room).compose(page -> {
            ExportPlace following = following(section, page.next());
            ExportPart filled = part.with(section, page.items(), following);
            int left = room - page.items().size();
            return following == null || following.section() == section || left == 0
                    ? Future.succeededFuture(filled)
                    : fill(filled, following, left);
        });
    }

    private static @Nullable ExportPlace following(Section section, @Nullable Key next) {
        if (next != null) {
            return new ExportPlace(section, next);
        }
        return section.isLast() ? null : ExportPlace.startOf(section.next());
    }

    private Future<? extends Page<?>> page(UUID userId, ExportPlace from, int room) {
        PageRequest page = new PageRequest(room, 0, from.after());
        return switch (from.section()) {
            case SESSIONS -> bus.ask(new Auth.ListSessions(userId, page));
            case PURCHASES -> bus.ask(new Purchases.List(page, null, userId, null, null, null));
            case ORDERS -> bus.ask(new Ingestion.ListOrders(userId, page));
            case CLICKS -> bus.ask(new Clicks.List(userId, page));
            case TRANSACTIONS -> bus.ask(new Wallets.ListTransactions(userId, page));
            case PAYOUTS -> bus.ask(new Payouts.List(page, null, userId, null, null));
            case FLAGS -> bus.ask(new Flags.List(page, null, FlagScope.Type.USER, userId));
            case CHANGES -> bus.ask(new AuditLogs.List(page, null, null, "user", userId.toString(), null, null));
        };
    }
}
