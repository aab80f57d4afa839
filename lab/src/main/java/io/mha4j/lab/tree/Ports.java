package io.mha4j.lab.tree;

import io.mha4j.lab.base.LabException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The two ports of a tree; every host has the same, at its own address.
 *
 * @param mysql of the servers
 * @param ssh   of the endpoints
 */
record Ports(int mysql, int ssh) {
    /** Below the range from which Linux takes the ports of outgoing connections. */
    private static final int LOWEST = 10_000;

    private static final int HIGHEST = 30_000;
    private static final int ATTEMPTS = 100;

    /** Two ports that are free at every one of the addresses; at random, so that trees started together differ. */
    static Ports freeAt(List<String> addresses) {
        int[] found = new Random()
                .ints(ATTEMPTS, LOWEST, HIGHEST)
                .distinct()
                .filter(port -> addresses.stream().allMatch(address -> isFree(address, port)))
                .limit(2)
                .toArray();
        if (found.length < 2) {
            throw new LabException("no two ports between %d and %d are free at %s; look for left-over servers"
                    .formatted(LOWEST, HIGHEST, addresses));
        }
        return new Ports(found[0], found[1]);
    }

    private static boolean isFree(String address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The addresses of {@code count} hosts: 127.0.0.11 and on. */
    static List<String> addresses(int count) {
        return IntStream.range(0, count).mapToObj(i -> "127.0.0." + (11 + i)).toList();
    }
}
