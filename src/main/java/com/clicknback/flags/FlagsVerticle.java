package com.clicknback.flags;

import static java.util.Objects.requireNonNull;

import com.clicknback.audit.Actor;
import com.clicknback.audit.AuditAction;
import com.clicknback.audit.AuditEntry;
import com.clicknback.audit.AuditTrail;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.bus.Done;
import com.clicknback.platform.clock.TimeOrderedIds;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.db.Page;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.errors.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Answers the messages about feature flags. */
public final class FlagsVerticle extends VerticleBase {
    private final Bus bus;
    private final Database database;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;
    private final FlagValues values;

    public FlagsVerticle(Bus bus, Database database, AuditTrail audit, TimeOrderedIds ids, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.values = new FlagValues((key, scopes) -> FlagStore.findValues(database, key, scopes), clock);
    }

    @Override
    public Future<?> start() {
        bus.answer(Flags.Set.class, message -> set(message).onSuccess(flag -> changed()));
        bus.<Page<Flag>, Flags.List>answer(Flags.List.class, message -> FlagStore.list(database, message));
        bus.answer(Flags.Evaluate.class, this::evaluate);
        bus.answer(Flags.EvaluateAll.class, this::evaluateAll);
        bus.answer(Flags.Delete.class, message -> delete(message).onSuccess(done -> changed()));
        bus.listen(Flags.Changed.class, notice -> values.forget());
        return Future.succeededFuture();
    }

    private Future<Flag> set(Flags.Set message) {
        FlagKey.require(message.key());
        message.scope().requireFit();
        Instant now = clock.instant();
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

    /** The flag as it is. The attempt to set it has locked its row, so nobody can have deleted it. */
    private static Future<Flag> present(SqlConnection tx, Flag wanted) {
        return FlagStore.find(tx, wanted.key(), wanted.scope()).map(Optional::orElseThrow);
    }

    private Future<Done> delete(Flags.Delete message) {
        message.scope().requireFit();
        if (!FlagKey.isValid(message.key())) {
            return Future.failedFuture(unknown(message));
        }
        return database.inTransaction(tx -> FlagStore.delete(tx, message.key(), message.scope())
                .map(deleted -> deleted.orElseThrow(() -> unknown(message)))
                .compose(id -> recordDeleted(tx, id, message))
                .map(Done.DONE));
    }

    private Future<Void> recordDeleted(SqlConnection tx, UUID id, Flags.Delete message) {
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

    private static DomainException unknown(Flags.Delete message) {
        return new DomainException(
                ErrorCode.FEATURE_FLAG_NOT_FOUND,
                "There is no flag of this key and scope.",
                details(message.key(), message.scope()));
    }

    private Future<Flags.Value> evaluate(Flags.Evaluate message) {
        FlagScope scope = message.scope();
        scope.requireFit();
        if (!FlagKey.isValid(message.key())) {
            return Future.succeededFuture(new Flags.Value(FlagResolution.resolve(null, null)));
        }
        return values.find(message.key(), List.of(scope, FlagScope.GLOBAL))
                .map(found -> new Flags.Value(resolve(found, scope)));
    }

    private Future<Flags.Values> evaluateAll(Flags.EvaluateAll message) {
        Set<FlagScope> scopes = new HashSet<>();
        scopes.add(FlagScope.GLOBAL);
        message.subjects().forEach(subject -> {
            scopes.add(FlagScope.user(subject));
            scopes.add(FlagScope.merchant(subject));
        });
        return values.find(message.key(), scopes)
                .map(found -> new Flags.Values(message.subjects().stream()
                        .map(subject ->
                                resolve(found, FlagScope.user(subject)) && resolve(found, FlagScope.merchant(subject)))
                        .toList()));
    }

    private static boolean resolve(Map<FlagScope, Optional<Boolean>> found, FlagScope scope) {
        return FlagResolution.resolve(value(found, scope), value(found, FlagScope.GLOBAL));
    }

    private static @Nullable Boolean value(Map<FlagScope, Optional<Boolean>> found, FlagScope scope) {
        return requireNonNull(found.get(scope)).orElse(null);
    }

    /** Drops the values of this process at once, so that the sender of a change reads it back; others hear of it. */
    private void changed() {
        values.forget();
        bus.publish(new Flags.Changed());
    }
}
