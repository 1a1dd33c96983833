/** The HTTP edge: binding of the contract's operations to handlers, decoding, validation, failures. */
@NullMarked
package com.clicknback.platform.http;

import org.jspecify.annotations.NullMarked;
