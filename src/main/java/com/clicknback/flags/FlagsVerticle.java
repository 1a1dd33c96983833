package com.clicknback.flags;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.TimeOrderedIds;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers the messages about feature flags. */
public final class FlagsVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    public FlagsVerticle(Bus bus, Database database, AuditTrail audit, TimeOrderedIds ids, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        bus.answer(SetFlag.class, this::set);
        bus.answer(DeleteFlag.class, this::delete);
        bus.answer(EvaluateFlag.class, this::evaluate);
        bus.answer(EvaluateFlags.class, this::evaluateAll);
        bus.answer(ListFlags.class, message -> FlagStore.list(database, message).map(ListFlags.Listed::new));
        return Future.succeededFuture();
    }

    private Future<Flag> set(SetFlag message) {
        FlagKey.require(message.key());
        message.scope().requireFit();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Flag wanted = new Flag(
                ids.next(), message.key(), message.scope(), message.enabled(), message.description(), now, now);
        return database.inTransaction(tx -> FlagStore.set(tx, wanted)
                .compose(changed ->
                        changed.isPresent() ? recordSet(tx, changed.get(), message.actor()) : present(tx, wanted)));
    }

    private Future<Flag> recordSet(SqlConnection tx, Flag flag, Actor actor) {
        Map<String, String> details = details(flag.key(), flag.scope());
        details.put("enabled", Boolean.toString(flag.enabled()));
        return record(tx, actor, AuditAction.FEATURE_FLAG_SET, flag.id(), details)
                .map(flag);
    }

    /** The flag as it is; the attempt to set it has locked it, so it cannot be gone. */
    private static Future<Flag> present(SqlConnection tx, Flag wanted) {
        return FlagStore.find(tx, wanted.key(), wanted.scope()).map(Optional::orElseThrow);
    }

    private Future<Done> delete(DeleteFlag message) {
        message.scope().requireFit();
        if (!FlagKey.isValid(message.key())) {
            return Future.failedFuture(unknown(message));
        }
        return database.inTransaction(tx -> FlagStore.delete(tx, message.key(), message.scope())
                .map(deleted -> deleted.orElseThrow(() -> unknown(message)))
                .compose(id -> recordDeleted(tx, id, message))
                .map(Done.DONE));
    }

    private Future<Void> recordDeleted(SqlConnection tx, UUID id, DeleteFlag message) {
        Map<String, String> details = details(message.key(), message.scope());
        return record(tx, message.actor(), AuditAction.FEATURE_FLAG_DELETED, id, details);
    }

    private static Map<String, String> details(String key, FlagScope scope) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("key", key);
        details.put("scope_type", scope.type().wireName());
        details.put("scope_id", scope.idText());
        return details;
    }

    private Future<Void> record(
            SqlConnection tx, Actor actor, AuditAction action, UUID flagId, Map<String, String> details) {
        return audit.record(tx, new AuditEntry(actor, action, "feature_flag", flagId.toString(), details));
    }

    private static DomainException unknown(DeleteFlag message) {
        return new DomainException(
                ErrorCode.FEATURE_FLAG_NOT_FOUND,
                "There is no flag of this key and scope.",
                details(message.key(), message.scope()));
    }

    private Future<EvaluateFlag.Verdict> evaluate(EvaluateFlag message) {
        message.scope().requireFit();
        Future<Boolean> enabled = FlagKey.isValid(message.key())
                ? FlagStore.resolve(database, message.key(), message.scope())
                : Future.succeededFuture(FlagResolution.resolve(null, null));
        return enabled.map(EvaluateFlag.Verdict::new);
    }

    private Future<EvaluateFlags.Evaluated> evaluateAll(EvaluateFlags message) {
        return FlagStore.resolve(database, message.key(), message.subjects()).map(EvaluateFlags.Evaluated::new);
    }
}
