/** Owners of tables, and the check that the product's SQL respects them. */
@NullMarked
package com.clicknback.tables;

import org.jspecify.annotations.NullMarked;
