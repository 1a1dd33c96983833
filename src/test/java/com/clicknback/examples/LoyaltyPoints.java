package com.clicknback.examples;

import com.clicknback.events.PurchaseEvents;
import com.clicknback.platform.bus.Bus;
import com.clicknback.platform.db.Database;
import com.clicknback.platform.events.Follower;
import com.clicknback.platform.events.LoggedEvent;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Grants a user one point for each confirmed purchase, exactly once, in a table of its own. */
public final class LoyaltyPoints extends VerticleBase {
    private static final String GRANT = """
            INSERT INTO loyalty_points AS l (user_id, points) SELECT u, count(*) FROM unnest($1::uuid[]) AS u GROUP BY u
            ON CONFLICT (user_id) DO UPDATE SET points = l.points + excluded.points
            """;

    private final Bus bus;
    private final Database database;
    private final Clock clock;
    private Follower follower;

    public LoyaltyPoints(Bus bus, Database database, Clock clock) {
        this.bus = bus;
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Future<?> start() {
        Follower.Settings settings = new Follower.Settings("loyalty-points", 100, 250, 5_000);
        follower = new Follower(vertx, database, clock, settings, this::grant);
        return follower.start(bus);
    }

    @Override
    public Future<?> stop() {
        return follower.close();
    }

    /** Completes when every event logged so far has taken effect. */
    public Future<Void> caughtUp() {
        return follower.caughtUp();
    }

    /** Runs inside the transaction that moves the cursor: both happen, or neither. */
    private Future<Runnable> grant(SqlConnection tx, List<LoggedEvent> events) {
        UUID[] users = events.stream()
                .filter(event -> event.is(PurchaseEvents.CONFIRMED))
                .flatMap(event -> event.as(PurchaseEvents.CONFIRMED).purchases().stream())
                .map(PurchaseEvents.Entry::userId)
                .toArray(UUID[]::new);
        return users.length == 0
                ? Future.succeededFuture(() -> {})
                : tx.preparedQuery(GRANT)
                        .execute(Tuple.tuple().addArrayOfUUID(users))
                        .map(granted -> () -> {});
    }
}
