package com.clicknback.platform.bus;

/**
 * A message that one domain asks another; a record. Its Javadoc lists the error codes that the answer can fail with.
 *
 * @param <A> the answer, a record too
 */
public interface Request<A extends Record> {}
