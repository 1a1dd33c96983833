/** Traces of requests, by OpenTelemetry; nothing of it is loaded while it is off. */
@NullMarked
package com.clicknback.platform.tracing;

import org.jspecify.annotations.NullMarked;
