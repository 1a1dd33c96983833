/** The HTTP edge: binding of the contract's operations to handlers, authentication, limits, failures. */
@NullMarked
package com.clicknback.platform.http;

import org.jspecify.annotations.NullMarked;
