package com.clicknback.merchants;

import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.money.TenThousandths;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.errors.DomainException;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes of merchants, one after the other, each with an audit entry that tells what was before. */
final class MerchantUpdates {
    private final Database database;
    private final AuditTrail audit;
    private final Clock clock;

    MerchantUpdates(Database database, AuditTrail audit, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
    }

    Future<Merchant> update(Merchants.Update message) {
        return database.inTransaction(tx -> MerchantStore.lock(tx, message.id())
                .map(found -> found.orElseThrow(() -> DomainException.notFound("merchant", message.id())))
                .compose(before -> update(tx, before, message)));
    }

    private Future<Merchant> update(SqlConnection tx, Merchant before, Merchants.Update message) {
        Merchant after = before.with(message);
        Map<String, @Nullable String> details = difference(before, after);
        if (details.isEmpty()) {
            return Future.succeededFuture(before);
        }
        AuditEntry entry = new AuditEntry(
                message.actor(),
                AuditAction.MERCHANT_UPDATED,
                "merchant",
                after.id().toString(),
                details);
        return MerchantStore.update(tx, after, clock.instant())
                .compose(updated -> audit.record(tx, entry))
                .map(after);
    }

    private static Map<String, @Nullable String> difference(Merchant before, Merchant after) {
        Map<String, @Nullable String> details = new LinkedHashMap<>();
        put(details, "name", before.name(), after.name());
        put(details, "default_cashback_percentage", percentage(before), percentage(after));
        put(details, "hold_days", text(before.holdDays()), text(after.holdDays()));
        put(
                details,
                "tracking_url_template",
                before.tracking().urlTemplate(),
                after.tracking().urlTemplate());
        put(
                details,
                "attribution_days",
                Integer.toString(before.tracking().attributionDays()),
                Integer.toString(after.tracking().attributionDays()));
        return details;
    }

    private static void put(
            Map<String, @Nullable String> details, String name, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            details.put("prior_" + name, before);
            details.put(name, after);
        }
    }

    private static @Nullable String text(@Nullable Integer days) {
        return days == null ? null : days.toString();
    }

    private static String percentage(Merchant merchant) {
        return TenThousandths.toDecimal(merchant.defaultPercentageE4()).toPlainString();
    }
}
