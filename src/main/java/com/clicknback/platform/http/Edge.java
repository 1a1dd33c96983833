package com.clicknback.platform.http;

/** The parts that the handlers of all operations share; made once for all event loops. */
record Edge(
        HttpSettings settings,
        BodyReader bodies,
        Admission admission,
        Limits limits,
        ClientAddress clientAddress,
        TokenAuthenticator tokens,
        SignatureAuthenticator signatures,
        Failures failures) {}
