/** Accounts. */
@NullMarked
package com.clicknback.users;

import org.jspecify.annotations.NullMarked;
