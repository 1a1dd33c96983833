/** An account as a whole: the export and the erasure of what every domain knows about a person. */
@NullMarked
package com.clicknback.accounts;

import org.jspecify.annotations.NullMarked;
