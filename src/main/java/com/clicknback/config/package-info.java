/** The settings of the service: where they are written, what they must be, and the records that they are read into. */
@NullMarked
package com.clicknback.config;

import org.jspecify.annotations.NullMarked;
