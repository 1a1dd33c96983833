package com.clicknback.platform.stream;

/** The sender of a stream of server-sent events; the body of an answer that goes on. Exactly one of its methods is called. */
public interface EventSource {
    /** Begins to send; on the event loop of the request. */
    void open(EventStream stream);

    /** Gives up before anything was sent: the caller has gone. */
    void abandon();
}
