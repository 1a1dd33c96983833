package com.clicknback.platform.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param total items of the whole list; null on a page fetched by cursor
 * @param next the key that the next page starts after; null when nothing follows
 */
public record Page<T>(
        List<T> items, PageRequest request, @Nullable Long total, PageRequest.@Nullable Key next) {}
