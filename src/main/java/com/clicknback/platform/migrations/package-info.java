/** The schema: brought to the version that this build needs. */
@NullMarked
package com.clicknback.platform.migrations;

import org.jspecify.annotations.NullMarked;
