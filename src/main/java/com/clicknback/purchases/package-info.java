/** Purchases from ingestion to their final state. */
@NullMarked
package com.clicknback.purchases;

import org.jspecify.annotations.NullMarked;
