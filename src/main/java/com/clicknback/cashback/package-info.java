/** The cashback of purchases: calculation, crediting, monthly caps. */
@NullMarked
package com.clicknback.cashback;

import org.jspecify.annotations.NullMarked;
