package com.clicknback.ingestion;

/**
 * The settings by which purchases are taken in. A user's own limit of lateness is the shorter, so that nobody fills the
 * caps of many months at once.
 *
 * @param partnerDays days between a purchase and its partner's report, at most
 * @param userDays days between a purchase and its user's own report, at most
 * @param holdDays the hold where neither the offer nor its merchant has one
 */
public record IngestionRules(int partnerDays, int userDays, int holdDays) {
    int days(Submission submission) {
        return submission.key().partnerId() == null ? userDays : partnerDays;
    }
}
