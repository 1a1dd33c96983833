/** The secrets that partners sign with, their signatures, and what may be wrong with one. */
@NullMarked
package com.clicknback.partners.signing;

import org.jspecify.annotations.NullMarked;
