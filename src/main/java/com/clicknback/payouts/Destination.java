package com.clicknback.payouts;

/**
 * The account that a payout goes to. Its text shows only the last four digits of the IBAN.
 *
 * @param iban valid and normalised
 */
public record Destination(String iban, String accountHolder) {
    private static final int SHOWN = 4;

    /** The only part of the IBAN that is ever shown. */
    String ibanLast4() {
        return iban.substring(iban.length() - SHOWN);
    }

    @Override
    public String toString() {
        return "Destination[…" + ibanLast4() + "]";
    }
}
