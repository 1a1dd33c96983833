/** The pages as people use them, in a real Chromium: stories of support, finance, partner managers and shoppers. */
@NullMarked
package com.clicknback.console;

import org.jspecify.annotations.NullMarked;
