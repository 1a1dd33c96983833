/** The shared pool, transactions, SQLSTATE knowledge, migrations and list queries. */
@NullMarked
package com.clicknback.platform.db;

import org.jspecify.annotations.NullMarked;
