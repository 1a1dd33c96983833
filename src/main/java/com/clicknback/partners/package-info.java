/** Partners, their secrets and the signatures they send. */
@NullMarked
package com.clicknback.partners;

import org.jspecify.annotations.NullMarked;
