/** Tokens, sessions and passwords. */
@NullMarked
package com.clicknback.auth;

import org.jspecify.annotations.NullMarked;
