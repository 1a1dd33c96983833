/**
 * The service against a model of itself: the rules of the HTTP contract, written down a second time without a database,
 * a network or anything that happens at once, and random operations that both have to answer and end alike.
 */
@NullMarked
package com.clicknback.model;

import org.jspecify.annotations.NullMarked;
