/** Answers that go on: server-sent events for as long as their caller may see them. */
@NullMarked
package com.clicknback.platform.stream;

import org.jspecify.annotations.NullMarked;
