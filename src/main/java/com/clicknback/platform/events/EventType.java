package com.clicknback.platform.events;

/**
 * The name of a kind of event in the log, and the record that its payload is read into. Names and members are a
 * promise to every follower: members may be added, never renamed or removed.
 */
public record EventType<E extends Record>(String name, Class<E> payload) {}
