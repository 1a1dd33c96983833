package com.clicknback.ingestion;

/**
 * The limits of how late a purchase may be reported. A user's own is the shorter, so that nobody fills the caps of many
 * months at once.
 *
 * @param partnerDays days between a purchase and its partner's report
 * @param userDays days between a purchase and its user's own report
 */
public record LateLimits(int partnerDays, int userDays) {

    int days(Submission submission) {
        return submission.key().partnerId() == null ? userDays : partnerDays;
    }
}
