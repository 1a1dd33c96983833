/** Submitted purchases, from the wire to one durable commit. */
@NullMarked
package com.clicknback.ingestion;

import org.jspecify.annotations.NullMarked;
