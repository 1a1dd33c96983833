/** Feature flags and their scoped resolution. */
@NullMarked
package com.clicknback.flags;

import org.jspecify.annotations.NullMarked;
