package com.clicknback.merchants;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.money.TenThousandths;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.db.SqlFailures;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Answers the messages about merchants. */
public final class MerchantsVerticle extends VerticleBase {
    private static final String MERCHANT = "merchant";

    private final Bus bus;
    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final BigDecimal percentageMax;

    /**
     * @param percentageMax the largest default cashback percentage that a merchant may have
     */
    public MerchantsVerticle(
            Bus bus, Database database, AuditTrail audit, TimeOrderedIds ids, Clock clock, BigDecimal percentageMax) {
        this.bus = bus;
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.percentageMax = percentageMax;
    }

    @Override
    public Future<?> start() {
        bus.answer(Merchants.Create.class, this::create);
        bus.answer(
                Merchants.FindByName.class,
                message -> MerchantStore.findByName(database, message.prefix()).map(Merchants.Matches::new));
        bus.answer(Merchants.Find.class, this::get);
        bus.<Page<Merchant>, Merchants.List>answer(
                Merchants.List.class, message -> MerchantStore.list(database, message));
        bus.answer(Merchants.SetStatus.class, this::setStatus);
        bus.answer(Merchants.Update.class, this::update);
        bus.<Page<MerchantPeriod>, Merchants.History>answer(Merchants.History.class, this::history);
        return Future.succeededFuture();
    }

    private Future<Merchant> create(Merchants.Create message) {
        requirePercentage(message.defaultPercentage());
        Merchant merchant = new Merchant(
                ids.next(),
                message.name(),
                TenThousandths.of(message.defaultPercentage()),
                message.holdDays(),
                message.tracking(),
                message.active(),
                clock.instant());
        return database.inTransaction(tx -> MerchantStore.insert(tx, merchant)
                        .compose(inserted -> audit.record(tx, created(merchant, message.actor()))))
                .map(merchant)
                .recover(SqlFailures.refuseOn(MerchantStore.NAME_KEY, () -> nameTaken(merchant.name())));
    }

    private void requirePercentage(BigDecimal percentage) {
        if (percentage.signum() < 0 || percentage.compareTo(percentageMax) > 0) {
            throw DomainException.rule(
                    "default_cashback_percentage", "must be between 0 and " + percentageMax.toPlainString());
        }
    }

    private static AuditEntry created(Merchant merchant, Actor actor) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("name", merchant.name());
        details.put(
                "default_cashback_percentage",
                TenThousandths.toDecimal(merchant.defaultPercentageE4()).toPlainString());
        details.put(
                "hold_days",
                merchant.holdDays() == null ? null : merchant.holdDays().toString());
        Tracking tracking = merchant.tracking();
        if (tracking.urlTemplate() != null) {
            details.put("tracking_url_template", tracking.urlTemplate());
            details.put("attribution_days", Integer.toString(tracking.attributionDays()));
        }
        return entry(AuditAction.MERCHANT_CREATED, merchant, actor, details);
    }

    private static AuditEntry entry(AuditAction action, Merchant merchant, Actor actor, Map<String, String> details) {
        return new AuditEntry(actor, action, MERCHANT, merchant.id().toString(), details);
    }

    private static DomainException nameTaken(String name) {
        return new DomainException(
                ErrorCode.MERCHANT_NAME_TAKEN, "A merchant of this name exists already.", Map.of("name", name));
    }

    private Future<Merchant> get(Merchants.Find message) {
        return MerchantStore.find(database, message.id()).map(found -> found.orElseThrow(() -> unknown(message.id())));
    }

    private static DomainException unknown(UUID id) {
        return DomainException.notFound(MERCHANT, id);
    }

    private Future<Merchant> update(Merchants.Update message) {
        if (message.defaultPercentage() != null) {
            requirePercentage(message.defaultPercentage());
        }
        return new MerchantUpdates(database, audit, clock)
                .update(message)
                .recover(SqlFailures.refuseOn(MerchantStore.NAME_KEY, () -> nameTaken(requireNonNull(message.name()))));
    }

    private Future<Page<MerchantPeriod>> history(Merchants.History message) {
        return get(new Merchants.Find(message.id())).compose(found -> MerchantStore.history(database, message));
    }

    private Future<Merchant> setStatus(Merchants.SetStatus message) {
        return database.inTransaction(tx -> MerchantStore.lock(tx, message.id())
                .map(found -> found.orElseThrow(() -> unknown(message.id())))
                .compose(merchant -> setStatus(tx, merchant, message)));
    }

    private Future<Merchant> setStatus(SqlConnection tx, Merchant merchant, Merchants.SetStatus message) {
        if (merchant.active() == message.active()) {
            return Future.succeededFuture(merchant);
        }
        AuditAction action = message.active() ? AuditAction.MERCHANT_ACTIVATED : AuditAction.MERCHANT_DEACTIVATED;
        AuditEntry entry = entry(action, merchant, message.actor(), Map.of("name", merchant.name()));
        return MerchantStore.setActive(tx, merchant.id(), message.active(), clock.instant())
                .compose(updated -> audit.record(tx, entry))
                .map(merchant.withActive(message.active()));
    }
}
