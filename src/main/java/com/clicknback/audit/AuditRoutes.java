package com.clicknback.audit;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.CodePoints;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The audit log over HTTP. */
public final class AuditRoutes implements Routes {
    private static final String LIST = "audit_logs";

    private final Bus bus;

    public AuditRoutes(Bus bus) {
        this.bus = bus;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("listAuditLogs", this::list);
    }

    record Filters(
            @Nullable UUID actorId,
            @Nullable @AuditActionName String action,
            @Nullable @CodePoints(min = 1, max = 255) String resourceType,
            @Nullable @CodePoints(min = 1, max = 255) String resourceId,
            @Nullable LocalDate startDate,
            @Nullable LocalDate endDate) {}

    private Future<Answer> list(Call call) {
        Listing<Filters> wanted = call.listing(LIST, Filters.class);
        Filters filters = wanted.filters();
        return bus.ask(new AuditLogs.List(
                        wanted.page(),
                        filters.actorId(),
                        filters.action(),
                        filters.resourceType(),
                        filters.resourceId(),
                        filters.startDate(),
                        filters.endDate()))
                .map(page -> Answer.page(LIST, page, Function.identity()));
    }
}
