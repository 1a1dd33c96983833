package com.clicknback.verification;

import com.clicknback.verification.PurchaseVerifier.Finding;
import com.clicknback.verification.VerificationStore.Picked;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the verifier about picked purchases, a few at a time, and sorts them by its answers. */
final class Inquiry {
    private static final Logger LOG = LoggerFactory.getLogger(Inquiry.class);
    private static final String DEFAULT_REASON = "The purchase was not confirmed by its verification.";
    private static final int CONCURRENT_MAX = 32;

    private final Context context;
    private final PurchaseVerifier verifier;
    private final int attemptsMax;
    private final Duration answerWaitMax;

    /**
     * @param context on which answers are recorded: a verifier may answer on any thread, or never
     * @param attemptsMax undecided attempts after which a purchase is rejected
     * @param answerWaitMax after which a verifier that has not answered counts as failing
     */
    Inquiry(Context context, PurchaseVerifier verifier, int attemptsMax, Duration answerWaitMax) {
        this.context = context;
        this.verifier = verifier;
        this.attemptsMax = attemptsMax;
        this.answerWaitMax = answerWaitMax;
    }

    /** The purchases by answer: to confirm, to reject with a reason, undecided, or failed to be asked about. */
    static final class Findings {
        final List<UUID> confirmed = new ArrayList<>();
        final Map<UUID, @Nullable String> rejected = new HashMap<>();
        final List<UUID> undecided = new ArrayList<>();
        final List<UUID> failed = new ArrayList<>();
    }

    /** Never fails: a purchase whose verifier does is among those failed. */
    Future<Findings> about(List<Picked> picked) {
        return about(picked, 0, new Findings());
    }

    private Future<Findings> about(List<Picked> picked, int from, Findings findings) {
        if (from >= picked.size()) {
            return Future.succeededFuture(findings);
        }
        int to = Math.min(from + CONCURRENT_MAX, picked.size());
        List<Future<Void>> asked = picked.subList(from, to).stream()
                .map(purchase -> ask(purchase, findings))
                .toList();
        return Future.all(asked).compose(answered -> about(picked, to, findings));
    }

    private Future<Void> ask(Picked purchase, Findings findings) {
        Promise<Void> added = Promise.promise();
        asked(purchase)
                .onComplete(answer -> context.runOnContext(v -> {
                    add(answer, purchase, findings);
                    added.complete();
                }));
        return added.future();
    }

    private Future<Finding> asked(Picked purchase) {
        try {
            return Objects.requireNonNull(verifier.verify(purchase.candidate()), "no answer to wait for")
                    .timeout(answerWaitMax.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void add(AsyncResult<Finding> answer, Picked purchase, Findings findings) {
        UUID id = purchase.candidate().purchaseId();
        Finding found = answer.result();
        if (found instanceof Finding.Confirmed) {
            findings.confirmed.add(id);
        } else if (found instanceof Finding.Rejected rejected) {
            findings.rejected.put(id, rejected.reason().isBlank() ? DEFAULT_REASON : rejected.reason());
        } else if (found instanceof Finding.Pending) {
            addUndecided(purchase, findings);
        } else {
            // Without its stack trace: when a verifier is down, it fails for every purchase.
            LOG.warn("verification of purchase {} failed, trying again later: {}", id, String.valueOf(answer.cause()));
            findings.failed.add(id);
        }
    }

    private void addUndecided(Picked purchase, Findings findings) {
        UUID id = purchase.candidate().purchaseId();
        if (purchase.attempts() + 1 < attemptsMax) {
            findings.undecided.add(id);
        } else {
            findings.rejected.put(id, "The purchase was still not confirmed after " + attemptsMax + " attempts.");
        }
    }
}
