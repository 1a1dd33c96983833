package com.clicknback.payouts;

/**
 * Where a payout goes. Shows no more of itself than may be shown.
 *
 * @param iban valid and normalised
 */
public record Destination(String iban, String accountHolder) {
    private static final int SHOWN = 4;

    /** All that anybody sees of the IBAN. */
    String ibanLast4() {
        return iban.substring(iban.length() - SHOWN);
    }

    @Override
    public String toString() {
        return "Destination[…" + ibanLast4() + "]";
    }
}
