/** Tests of traces against a collector. */
@NullMarked
package com.clicknback.platform.tracing;

import org.jspecify.annotations.NullMarked;
