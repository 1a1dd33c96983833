package com.clicknback.auth;

/** The reasons for which a stored refresh token is refused. */
enum RefreshFault {
    /** It was spent before, and its grace is over: somebody has a copy. The session ends. */
    REUSED,
    /** Its session had ended before. */
    SESSION_ENDED
}
