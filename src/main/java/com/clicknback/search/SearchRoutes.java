package com.clicknback.search;

import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.http.Answer;
import com.clicknback.platform.http.Call;
import com.clicknback.platform.http.Operations;
import com.clicknback.platform.http.Routes;
import com.clicknback.platform.json.CodePoints;
import io.vertx.core.Future;
import jakarta.validation.constraints.NotNull;
import java.util.List;

/** The search over HTTP. */
public final class SearchRoutes implements Routes {
    private final Search search;

    public SearchRoutes(Bus bus) {
        this.search = new Search(bus);
    }

    @Override
    public void bind(Operations operations) {
        operations.on("search", this::search);
    }

    /** The one parameter of a search. */
    record Wanted(@NotNull @CodePoints(min = 1, max = 255) String q) {}

    private record Body(List<SearchResult> data) {}

    private Future<Answer> search(Call call) {
        return search.of(call.query(Wanted.class).q().strip()).map(found -> Answer.ok(new Body(found)));
    }
}
