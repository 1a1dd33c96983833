/** The OpenAPI description: loaded, kept valid on any day, and shown to a browser. */
@NullMarked
package com.clicknback.platform.contract;

import org.jspecify.annotations.NullMarked;
