/** Faults of the real world, brought about on real processes and a real server, and what must hold after each. */
@NullMarked
package com.clicknback.faults;

import org.jspecify.annotations.NullMarked;
