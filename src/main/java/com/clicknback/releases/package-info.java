/** The job that makes held cashback available. */
@NullMarked
package com.clicknback.releases;

import org.jspecify.annotations.NullMarked;
