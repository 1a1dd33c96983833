package com.clicknback.platform.http;

import com.clicknback.platform.db.PageRequest.Key;

/**
 * The place at which an answer that joins several lists goes on.
 *
 * @param list the name that ties cursors to the list
 * @param after the last item that has been answered
 */
public record Continuation(String list, Key after) {

    public String cursor() {
        return Cursors.encode(list, after);
    }
}
