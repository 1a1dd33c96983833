/** Purchases as users and partners submit them over HTTP. */
@NullMarked
package com.clicknback.ingestion.http;

import org.jspecify.annotations.NullMarked;
