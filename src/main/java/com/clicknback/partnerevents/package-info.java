/** Confirmations, rejections and refunds that partners report about their purchases. */
@NullMarked
package com.clicknback.partnerevents;

import org.jspecify.annotations.NullMarked;
