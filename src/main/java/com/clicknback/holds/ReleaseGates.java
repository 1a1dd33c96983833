package com.clicknback.holds;

import static com.clicknback.holds.ReleaseGate.AUTO_CONFIRM_FLAG;
import static com.clicknback.holds.ReleaseGate.RELEASE_FLAG;
import static java.util.Objects.requireNonNull;

import com.clicknback.flags.Flags;
import com.clicknback.flags.StoredFlags;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Looks up the gates of users at merchants, in the transaction that confirms or releases. */
public final class ReleaseGates {
    private final Clock clock;

    public ReleaseGates(Clock clock) {
        this.clock = clock;
    }

    /** The gate of each purchase, in their order. */
    public <T> Future<List<ReleaseGate>> find(
            SqlConnection connection, List<T> purchases, Function<T, Flags.Subject> subject) {
        List<Flags.Subject> subjects = purchases.stream().map(subject).toList();
        Instant now = clock.instant();
        return subjects.isEmpty()
                ? Future.succeededFuture(List.of())
                : StoredFlags.evaluate(connection, List.of(RELEASE_FLAG, AUTO_CONFIRM_FLAG), subjects)
                        .map(flags -> {
                            List<Boolean> releases = requireNonNull(flags.get(RELEASE_FLAG));
                            List<Boolean> withoutPerson = requireNonNull(flags.get(AUTO_CONFIRM_FLAG));
                            List<ReleaseGate> gates = new ArrayList<>(subjects.size());
                            for (int i = 0; i < subjects.size(); i++) {
                                gates.add(new ReleaseGate(now, releases.get(i), withoutPerson.get(i)));
                            }
                            return gates;
                        });
    }
}
