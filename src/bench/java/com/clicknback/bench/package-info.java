/** Measures the service as a whole, as its own process, under load from another one. */
@NullMarked
package com.clicknback.bench;

import org.jspecify.annotations.NullMarked;
