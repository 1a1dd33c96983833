/** Exact amounts, currencies and rates; depends on nothing. */
@NullMarked
package com.clicknback.money;

import org.jspecify.annotations.NullMarked;
