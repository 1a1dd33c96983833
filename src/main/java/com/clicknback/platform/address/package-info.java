/** Addresses of clients and proxies: read, compared, and found behind proxies. */
@NullMarked
package com.clicknback.platform.address;

import org.jspecify.annotations.NullMarked;
