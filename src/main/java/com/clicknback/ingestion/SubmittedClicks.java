package com.clicknback.ingestion;

import com.clicknback.clicks.Click;
import com.clicknback.clicks.ClickId;
import com.clicknback.clicks.ClickReference;
import com.clicknback.clicks.StoredClicks;
import com.clicknback.ingestion.BatchIngestion.Identified;
import com.clicknback.platform.db.Database;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks up the clicks that a batch of submissions names, if there are any. */
final class SubmittedClicks {
    private SubmittedClicks() {}

    /** The submissions with their clicks, and with the users and merchants that they left to them. */
    static Future<List<Identified>> complete(Database database, List<Identified> submissions) {
        if (submissions.stream().allMatch(s -> s.submission().click() == null)) {
            return Future.succeededFuture(submissions);
        }
        Set<ClickId> ids =
                submissions.stream().flatMap(SubmittedClicks::clickId).collect(Collectors.toSet());
        return database.withConnection(connection -> StoredClicks.find(connection, ids))
                .map(found -> submissions.stream()
                        .map(submission -> complete(submission, found))
                        .toList());
    }

    private static Stream<ClickId> clickId(Identified submission) {
        return Optional.ofNullable(submission.submission().click()).flatMap(ClickReference::id).stream();
    }

    private static Identified complete(Identified submission, Map<ClickId, Click> found) {
        return clickId(submission)
                .flatMap(id -> Stream.ofNullable(found.get(id)))
                .map(click ->
                        new Identified(submission.id(), submission.submission().completedBy(click)))
                .findFirst()
                .orElse(submission);
    }
}
