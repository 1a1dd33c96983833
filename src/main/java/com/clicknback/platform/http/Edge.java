package com.clicknback.platform.http;

import com.clicknback.platform.address.ClientAddress;
import com.clicknback.platform.batch.Lanes;
import com.clicknback.platform.intake.Admission;
import com.clicknback.platform.intake.BodyBudget;
import com.clicknback.platform.intake.BodyReader;
import com.clicknback.platform.intake.Closing;
import com.clicknback.platform.security.SecurityLog;

/** The parts that the handlers of all operations share; made once for all event loops. */
record Edge(
        HttpSettings settings,
        Closing closing,
        BodyReader bodies,
        BodyBudget bodyBudget,
        Admission admission,
        Limits limits,
        Lanes readsOfUsers,
        ClientAddress clientAddress,
        TokenAuthenticator tokens,
        SignatureAuthenticator signatures,
        Failures failures,
        SecurityLog security) {}
