/** Health and metrics for operators. */
@NullMarked
package com.clicknback.platform.ops;

import org.jspecify.annotations.NullMarked;
