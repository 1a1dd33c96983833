/** The audit trail. */
@NullMarked
package com.clicknback.audit;

import org.jspecify.annotations.NullMarked;
