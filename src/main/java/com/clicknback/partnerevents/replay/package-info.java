/** The effects of what a partner tells about a purchase: one end, whatever the order of arrival. */
@NullMarked
package com.clicknback.partnerevents.replay;

import org.jspecify.annotations.NullMarked;
