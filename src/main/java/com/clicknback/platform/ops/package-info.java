/** What operators look at: health, metrics, logs. */
@NullMarked
package com.clicknback.platform.ops;

import org.jspecify.annotations.NullMarked;
