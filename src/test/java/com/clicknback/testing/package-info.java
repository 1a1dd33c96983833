/** What tests share: a service on a real PostgreSQL, a client that holds the HTTP contract, a clock that obeys. */
@NullMarked
package com.clicknback.testing;

import org.jspecify.annotations.NullMarked;
