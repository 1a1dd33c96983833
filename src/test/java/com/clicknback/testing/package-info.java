/** Shared parts of tests: a service on a real PostgreSQL, a client that checks the contract, a clock that obeys. */
@NullMarked
package com.clicknback.testing;

import org.jspecify.annotations.NullMarked;
