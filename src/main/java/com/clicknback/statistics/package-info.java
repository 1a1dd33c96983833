/** Statistics for people: of this moment, and of each day. */
@NullMarked
package com.clicknback.statistics;

import org.jspecify.annotations.NullMarked;
