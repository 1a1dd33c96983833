/** What users see of their balances and of the journal. */
@NullMarked
package com.clicknback.wallets;

import org.jspecify.annotations.NullMarked;
