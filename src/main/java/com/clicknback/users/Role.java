package com.clicknback.users;

/** What a user may do: an admin may do everything that a user may. */
public enum Role {
    USER,
    ADMIN
}
