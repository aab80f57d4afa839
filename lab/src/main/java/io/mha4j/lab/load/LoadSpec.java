package io.mha4j.lab.load;

import io.mha4j.base.Secret;
import java.time.Duration;

/**
 * What the load client does.
 *
 * @param host        address the clients know
 * @param port        its port
 * @param account     who writes
 * @param connections how many connections write at the same time
 * @param pace        time between the starts of two writes of one connection
 * @param timeout     limit of a connect and of an answer
 * @param retry       pause after a failure
 */
public record LoadSpec(
        String host, int port, Account account, int connections, Duration pace, Duration timeout, Duration retry) {
    public LoadSpec {
        if (connections < 1 || timeout.toMillis() < 1) {
            throw new IllegalArgumentException("a load needs a connection and a time-out of at least 1 ms");
        }
    }

    /** A database account. */
    public record Account(String user, Secret password) {}

    /**
     * The load under which figures are stated: 4 connections, a write every 10 ms each, time-outs of 50 ms, retries after
     * 5 ms.
     */
    public static LoadSpec standard(String host, int port, Account account) {
        return new LoadSpec(host, port, account, 4, Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofMillis(5));
    }
}
