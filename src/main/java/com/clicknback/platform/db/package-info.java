/** The shared pool, transactions, SQLSTATE knowledge and list queries. */
@NullMarked
package com.clicknback.platform.db;

import org.jspecify.annotations.NullMarked;
