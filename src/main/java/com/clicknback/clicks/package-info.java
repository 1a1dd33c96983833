/** Clicks of users on their way to a merchant: the promise of each, and where it leads. */
@NullMarked
package com.clicknback.clicks;

import org.jspecify.annotations.NullMarked;
