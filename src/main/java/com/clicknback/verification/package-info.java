/** The job that asks a verifier about pending purchases, and its work list. */
@NullMarked
package com.clicknback.verification;

import org.jspecify.annotations.NullMarked;
