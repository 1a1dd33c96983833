package com.clicknback.statistics;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.errors.DomainException;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Listing;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.stream.EventStream;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Statistics over HTTP. */
public final class StatisticsRoutes implements Routes {
    private static final String LIST = "daily_statistics";
    private static final int DAYS_DEFAULT = 30;

    /** A year; the rows of all days are added up before the first page is known. */
    private static final int DAYS_MAX = 366;

    private final Bus bus;
    private final LiveStatistics live;
    private final Clock clock;

    public StatisticsRoutes(Bus bus, LiveStatistics live, Clock clock) {
        this.bus = bus;
        this.live = live;
        this.clock = clock;
    }

    @Override
    public void bind(Operations operations) {
        operations.on("getLiveStatistics", this::live).on("listDailyStatistics", this::daily);
    }

    private Future<Answer> live(Call call) {
        String accepted = call.header("Accept");
        return accepted != null && accepted.contains(EventStream.MEDIA_TYPE)
                ? Future.succeededFuture(Answer.ok(live.watch(call.user().id())))
                : live.now().map(Answer::ok);
    }

    record Filters(
            @NotNull Statistics.GroupBy groupBy,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    private Future<Answer> daily(Call call) {
        Listing<Filters> wanted = call.listing(LIST, Filters.class);
        Filters filters = wanted.filters();
        LocalDate to = filters.to() == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : filters.to();
        LocalDate from = filters.from() == null ? to.minusDays(DAYS_DEFAULT - 1L) : filters.from();
        if (from.isBefore(to.minusDays(DAYS_MAX - 1L))) {
            throw DomainException.validation("from", "must be at most " + DAYS_MAX + " days up to the last one");
        }
        return bus.ask(new Statistics.Daily(from, to, filters.groupBy(), wanted.page()))
                .map(page -> Answer.page(LIST, page, Function.identity()));
    }
}
