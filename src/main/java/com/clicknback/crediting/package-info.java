/** The work of crediting: its work list, its rounds, and what could not be credited. */
@NullMarked
package com.clicknback.crediting;

import org.jspecify.annotations.NullMarked;
