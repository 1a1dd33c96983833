/** One search over the things that support looks for. */
@NullMarked
package com.clicknback.search;

import org.jspecify.annotations.NullMarked;
