/** Natural batching: one flush takes what queued up while the last one was in flight. */
@NullMarked
package com.clicknback.platform.batch;

import org.jspecify.annotations.NullMarked;
