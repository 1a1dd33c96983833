/** Typed messages over the Vert.x event bus. */
@NullMarked
package com.clicknback.platform.bus;

import org.jspecify.annotations.NullMarked;
