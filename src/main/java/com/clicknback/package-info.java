/** The process: its composition and its life cycle. */
@NullMarked
package com.clicknback;

import org.jspecify.annotations.NullMarked;
