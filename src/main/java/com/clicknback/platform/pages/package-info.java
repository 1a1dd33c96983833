/** The pages for a browser: the console and the shopper's app, sent as they are written, and the API description. */
@NullMarked
package com.clicknback.platform.pages;

import org.jspecify.annotations.NullMarked;
