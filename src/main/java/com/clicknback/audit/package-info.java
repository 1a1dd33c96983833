/** The audit trail: who changed what, and when. */
@NullMarked
package com.clicknback.audit;

import org.jspecify.annotations.NullMarked;
