package com.clicknback.bench;

/**
 * One phase of load, told to the generator.
 *
 * @param ratePerSecond requests a second, due at fixed times whatever the service does; 0: each connection sends its
 *     next request when the last one is answered
 * @param purchasesPerRequest of a batch; else 1
 * @param users among whom purchases are spread, the first ones of the seed
 * @param merchants likewise
 * @param duplicatePercent of the purchases that were sent before
 * @param firstNumber of the purchases of this phase, which no other phase uses
 * @param requestsMax prepared before the phase begins, which ends early when it has sent them all
 */
record Load(
        Kind kind,
        int connections,
        int ratePerSecond,
        int seconds,
        int purchasesPerRequest,
        int users,
        int merchants,
        int duplicatePercent,
        long firstNumber,
        int requestsMax) {

    enum Kind {
        WEBHOOK,
        /** A webhook that names its order. */
        ORDER_WEBHOOK,
        /** A webhook that names a click in place of user and merchant. */
        CLICK_WEBHOOK,
        BATCH_WEBHOOK,
        OWN_PURCHASE,
        WALLET,
        OWN_PURCHASES,
        CLICK,
        /** 80 % webhooks, 15 % reads, 5 % of what admins do. */
        MIXED_DAY
    }

    static final int USERS = 10_000;
    static final int MERCHANTS = 100;

    static Load closed(Kind kind, int connections, int seconds) {
        return new Load(kind, connections, 0, seconds, 1, USERS, MERCHANTS, 0, 0, 0);
    }

    Load withRate(int ratePerSecond) {
        return new Load(
                kind,
                connections,
                ratePerSecond,
                seconds,
                purchasesPerRequest,
                users,
                merchants,
                duplicatePercent,
                firstNumber,
                requestsMax);
    }

    Load withPurchasesPerRequest(int purchases) {
        return new Load(
                kind,
                connections,
                ratePerSecond,
                seconds,
                purchases,
                users,
                merchants,
                duplicatePercent,
                firstNumber,
                requestsMax);
    }

    /** All purchases are of the same few users at the same few merchants. */
    Load among(int fewUsers, int fewMerchants) {
        return new Load(
                kind,
                connections,
                ratePerSecond,
                seconds,
                purchasesPerRequest,
                fewUsers,
                fewMerchants,
                duplicatePercent,
                firstNumber,
                requestsMax);
    }

    Load withDuplicates(int percent) {
        return new Load(
                kind,
                connections,
                ratePerSecond,
                seconds,
                purchasesPerRequest,
                users,
                merchants,
                percent,
                firstNumber,
                requestsMax);
    }

    Load prepared(long first, int requests) {
        return new Load(
                kind,
                connections,
                ratePerSecond,
                seconds,
                purchasesPerRequest,
                users,
                merchants,
                duplicatePercent,
                first,
                requests);
    }
}
