package io.mha4j.execution;

import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;

/** Somebody else works on a server; once they have ended, the same can be tried again. */
public final class LockHeldException extends MhaException {
    /** @param lock name of the lock that they hold there */
    public LockHeldException(ServerId server, String lock) {
        super(server + ": the lock " + lock + " is held by another session; another failover or purge_relay_logs is at"
                + " work there, wait for it or end it");
    }
}
