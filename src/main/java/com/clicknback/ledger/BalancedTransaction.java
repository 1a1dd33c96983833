package com.clicknback.ledger;

/**
 * A transaction with the balances that it left.
 *
 * @param after sums of this transaction and all that are listed after it
 */
record BalancedTransaction(Transaction transaction, Balances after) {}
