/** The record of what partners have sent lately, and of the use of their secrets. */
@NullMarked
package com.clicknback.partners.deliveries;

import org.jspecify.annotations.NullMarked;
