/** Merchants and their default cashback. */
@NullMarked
package com.clicknback.merchants;

import org.jspecify.annotations.NullMarked;
