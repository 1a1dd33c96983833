/** Strict reading of JSON into records, and the form in which values are written. */
@NullMarked
package com.clicknback.platform.json;

import org.jspecify.annotations.NullMarked;
