/** The process: its composition, its life cycle and its configuration. */
@NullMarked
package com.clicknback;

import org.jspecify.annotations.NullMarked;
