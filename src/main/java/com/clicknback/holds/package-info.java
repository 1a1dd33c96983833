/** Holds of confirmed cashback: their list, and the flags that keep cashback from becoming available. */
@NullMarked
package com.clicknback.holds;

import org.jspecify.annotations.NullMarked;
