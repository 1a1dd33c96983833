/** The references that users give their purchases and orders. */
@NullMarked
package com.clicknback.ingestion.references;

import org.jspecify.annotations.NullMarked;
