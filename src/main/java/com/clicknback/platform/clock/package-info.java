/** The time of the service: that of its database. */
@NullMarked
package com.clicknback.platform.clock;

import org.jspecify.annotations.NullMarked;
