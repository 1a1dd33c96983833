/** Walks every operation of the HTTP contract and holds the running service against it. */
@NullMarked
package com.clicknback.contract;

import org.jspecify.annotations.NullMarked;
