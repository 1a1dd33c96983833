/** The durable event log and its followers. */
@NullMarked
package com.clicknback.platform.events;

import org.jspecify.annotations.NullMarked;
