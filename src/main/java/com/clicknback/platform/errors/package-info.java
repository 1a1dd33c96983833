/** Refusals that cross domains and reach clients unchanged. */
@NullMarked
package com.clicknback.platform.errors;

import org.jspecify.annotations.NullMarked;
