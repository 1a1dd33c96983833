/** The time of the service, that of its database, and ids in its order. */
@NullMarked
package com.clicknback.platform.clock;

import org.jspecify.annotations.NullMarked;
