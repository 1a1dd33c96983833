/** The log of what concerns security. */
@NullMarked
package com.clicknback.platform.security;

import org.jspecify.annotations.NullMarked;
