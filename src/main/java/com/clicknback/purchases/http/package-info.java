/** Purchases over HTTP. */
@NullMarked
package com.clicknback.purchases.http;

import org.jspecify.annotations.NullMarked;
