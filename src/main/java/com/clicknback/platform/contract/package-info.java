/** The OpenAPI description: loaded, and kept valid on any day. */
@NullMarked
package com.clicknback.platform.contract;

import org.jspecify.annotations.NullMarked;
