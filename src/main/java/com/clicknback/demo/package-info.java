/** A demonstration of the service: demo data, demo traffic and the text that greets a newcomer. */
@NullMarked
package com.clicknback.demo;

import org.jspecify.annotations.NullMarked;
