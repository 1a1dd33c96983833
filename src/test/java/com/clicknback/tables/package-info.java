/** Who owns which table, and whether the SQL of the product keeps to it. */
@NullMarked
package com.clicknback.tables;

import org.jspecify.annotations.NullMarked;
