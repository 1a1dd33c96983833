/** Offers: terms of cashback in a window of time. */
@NullMarked
package com.clicknback.offers;

import org.jspecify.annotations.NullMarked;
