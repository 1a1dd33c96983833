package com.clicknback.statistics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The standing of the background check of the books.
 *
 * @param checkedAt the end of the last pass over all users; null before the first one
 * @param users that the present pass has checked, or the last one while none is under way
 * @param uncheckedUsers of the last pass, too much for it
 * @param differences of the present pass or the last one, whichever found more
 */
record Books(@Nullable Instant checkedAt, long users, long uncheckedUsers, long differences) {}
