package com.clicknback.users;

/** The permissions of a user. An admin may do everything that a user may. */
public enum Role {
    USER,
    ADMIN
}
