package com.clicknback.model;

import java.time.YearMonth;

/** The allowances that monthly caps give. */
final class Allowances {
    private Allowances() {}

    /** One user's allowance of one offer in one month. */
    record Key(String user, String offer, YearMonth month) {}
}
