/** Explanations of a purchase's cashback, and previews of its reversal. */
@NullMarked
package com.clicknback.explanations;

import org.jspecify.annotations.NullMarked;
