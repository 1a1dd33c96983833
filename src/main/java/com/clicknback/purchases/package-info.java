/** The purchase, its states, and the decisions that change them. */
@NullMarked
package com.clicknback.purchases;

import org.jspecify.annotations.NullMarked;
