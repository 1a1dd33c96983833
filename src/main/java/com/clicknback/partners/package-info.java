/** Partners, their secrets, and the signatures of their webhooks. */
@NullMarked
package com.clicknback.partners;

import org.jspecify.annotations.NullMarked;
