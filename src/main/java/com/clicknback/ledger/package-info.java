/** The journal, its postings, and the wallets that they add up to. */
@NullMarked
package com.clicknback.ledger;

import org.jspecify.annotations.NullMarked;
