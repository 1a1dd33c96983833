/** Money out: requests of users, paid or failed by administrators. */
@NullMarked
package com.clicknback.payouts;

import org.jspecify.annotations.NullMarked;
