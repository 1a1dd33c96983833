/** Payouts: users request them, administrators complete or fail them. */
@NullMarked
package com.clicknback.payouts;

import org.jspecify.annotations.NullMarked;
