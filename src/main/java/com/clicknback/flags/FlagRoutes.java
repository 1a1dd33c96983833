package com.clicknback.flags;

import com.clicknback.audit.Actor;
import com.clicknback.flags.FlagScope.Type;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.CodePoints;
import com.clicknback.platform.json.OrNull;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Feature flags over HTTP. */
public final class FlagRoutes implements Routes {
    private static final String LIST = "feature_flags";
    private static final String KEY = "key";

    private final Bus bus;

    public FlagRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations
                .on("setFeatureFlag", this::set)
                .on("evaluateFeatureFlag", this::evaluate)
                .on("listFeatureFlags", this::list)
                .on("deleteFeatureFlag", this::delete);
    }

    record Setting(
            @NotNull Boolean enabled,
            @Nullable Type scopeType,
            @OrNull @Nullable UUID scopeId,
            @OrNull @Nullable @CodePoints(max = 1000) String description) {}

    record OptionalScope(@Nullable Type scopeType, @Nullable UUID scopeId) {}

    record RequiredScope(@NotNull Type scopeType, @Nullable UUID scopeId) {}

    record Filters(
            @Nullable @Size(min = 1) String key,
            @Nullable Type scopeType,
            @Nullable UUID scopeId) {}

    record Evaluation(String key, boolean enabled) {}

    private Future<Answer> set(Call call) {
        Setting wanted = call.body(Setting.class);
        return bus.ask(new Flags.Set(
                        call.pathParameter(KEY),
                        scope(wanted.scopeType(), wanted.scopeId()),
                        wanted.enabled(),
                        wanted.description(),
                        admin(call)))
                .map(flag -> Answer.ok(FlagView.of(flag)));
    }

    private Future<Answer> evaluate(Call call) {
        OptionalScope wanted = call.query(OptionalScope.class);
        String key = call.pathParameter(KEY);
        return bus.ask(new Flags.Evaluate(key, scope(wanted.scopeType(), wanted.scopeId())))
                .map(value -> Answer.ok(new Evaluation(key, value.enabled())));
    }

    private Future<Answer> list(Call call) {
        Listing<Filters> wanted = call.listing(LIST, Filters.class);
        Filters filters = wanted.filters();
        return bus.ask(new Flags.List(wanted.page(), filters.key(), filters.scopeType(), filters.scopeId()))
                .map(page -> Answer.page(LIST, page, FlagView::of));
    }

    private Future<Answer> delete(Call call) {
        RequiredScope wanted = call.query(RequiredScope.class);
        return bus.ask(new Flags.Delete(
                        call.pathParameter(KEY), scope(wanted.scopeType(), wanted.scopeId()), admin(call)))
                .map(done -> Answer.noContent());
    }

    private static FlagScope scope(@Nullable Type type, @Nullable UUID id) {
        return new FlagScope(type == null ? Type.GLOBAL : type, id);
    }

    private static Actor admin(Call call) {
        return Actor.admin(call.user().id(), call.requestId());
    }
}
