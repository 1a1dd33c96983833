package com.clicknback.statistics;

import com.clicknback.money.Money;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One UTC day of the purchases of one merchant or partner.
 *
 * @param groupId the merchant or partner; null for purchases that users submitted
 * @param acceptedAmount as reported first
 * @param cashbackChanged the rise of cashback after its credit, below zero for a fall
 */
record DayView(
        LocalDate day,
        @Nullable UUID groupId,
        long accepted,
        Money acceptedAmount,
        long credited,
        Money cashbackCredited,
        Money cashbackChanged,
        long confirmed,
        Money cashbackConfirmed,
        long rejected,
        Money cashbackRejected,
        long reversed,
        Money cashbackReversed,
        long refunded,
        long corrected) {}
