/** Encryption of what the database must not show, and signatures that others verify, under keys that can be rotated. */
@NullMarked
package com.clicknback.platform.crypto;

import org.jspecify.annotations.NullMarked;
