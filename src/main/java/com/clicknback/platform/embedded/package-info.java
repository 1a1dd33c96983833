/** The PostgreSQL server that a process without a database of its own starts, and the files that stand with it. */
@NullMarked
package com.clicknback.platform.embedded;

import org.jspecify.annotations.NullMarked;
