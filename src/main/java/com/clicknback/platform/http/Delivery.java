package com.clicknback.platform.http;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A partner's request and how it ended.
 *
 * @param partnerId as the path names it
 * @param secretId the partner's secret that it was signed with; null when the signature was refused
 * @param messageId as the sender named it, in any form; null when it did not
 * @param answer null when the request failed
 * @param failure null when it was answered
 */
public record Delivery(
        String partnerId,
        @Nullable UUID secretId,
        String operationId,
        String requestId,
        @Nullable String messageId,
        @Nullable Answer answer,
        @Nullable Throwable failure) {

    /** A body of an answer that tells the verdicts on the message. */
    public interface Outcome {
        Summary summary();
    }

    /**
     * The verdicts on the parts of a message.
     *
     * @param externalId the partner's id of the purchase; null for several
     * @param rejectedCodes the code of each rejected item
     */
    public record Summary(@Nullable String externalId, int accepted, int duplicates, List<String> rejectedCodes) {
        public static Summary accepted(String externalId) {
            return new Summary(externalId, 1, 0, List.of());
        }

        public static Summary duplicate(String externalId) {
            return new Summary(externalId, 0, 1, List.of());
        }
    }
}
