/** The durable event log and those that follow it. */
@NullMarked
package com.clicknback.platform.events;

import org.jspecify.annotations.NullMarked;
