/** What a purchase earns: calculation, crediting, monthly caps. */
@NullMarked
package com.clicknback.cashback;

import org.jspecify.annotations.NullMarked;
