/** Arriving requests as bytes: framing, bodies, and the end of connections that broke a rule. */
@NullMarked
package com.clicknback.platform.intake;

import org.jspecify.annotations.NullMarked;
