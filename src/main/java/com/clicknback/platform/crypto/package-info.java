/** Encryption of what the database must not show, under keys that can be rotated. */
@NullMarked
package com.clicknback.platform.crypto;

import org.jspecify.annotations.NullMarked;
