/** TLS between the service and its database. */
@NullMarked
package com.clicknback.platform.tls;

import org.jspecify.annotations.NullMarked;
