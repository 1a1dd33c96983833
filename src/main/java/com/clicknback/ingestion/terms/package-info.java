/** The terms of merchants on the days of purchases, and the memory of them. */
@NullMarked
package com.clicknback.ingestion.terms;

import org.jspecify.annotations.NullMarked;
