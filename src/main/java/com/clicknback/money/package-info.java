/** Amounts, the journal and the wallets it projects to. */
@NullMarked
package com.clicknback.money;

import org.jspecify.annotations.NullMarked;
