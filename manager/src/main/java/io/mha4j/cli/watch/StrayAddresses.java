package io.mha4j.cli.watch;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.execution.rejoin.StrayAddress;
import io.mha4j.remote.ssh.SshSessions;
import io.mha4j.report.EventLog;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The clients' address at hosts of old masters that answer again: each look tries until it is gone from there. */
final class StrayAddresses {
    private final Set<ServerId> gone = ConcurrentHashMap.newKeySet();
    private final Set<ServerId> told = ConcurrentHashMap.newKeySet();
    private final EventLog log;
    private final OldMasters.Alarm alarm;
    private final Way way;

    /** How it is taken off. */
    @FunctionalInterface
    interface Way {
        /** Answers why it may still be there, a clause. */
        Optional<String> takeOff(ServerSettings old, List<ServerSettings> servers, Deadline deadline);
    }

    /** @param alarm rung when it may still be there */
    StrayAddresses(EventLog log, OldMasters.Alarm alarm, Way way) {
        this.log = log;
        this.alarm = alarm;
        this.way = way;
    }

    /** Over SSH. */
    static StrayAddresses bySsh(EventLog log, OldMasters.Alarm alarm) {
        return new StrayAddresses(log, alarm, (old, servers, deadline) -> {
            try (SshSessions hosts = SshSessions.ofThisAccount(log::debug, log::warning)) {
                return StrayAddress.takeOff(old, servers, server -> hosts.host(server.ssh()), log, deadline);
            }
        });
    }

    /** Whether this one's host is not known to be without it. */
    boolean mayBeAt(ServerSettings old) {
        return old.scripts().vip().isPresent() && !gone.contains(old.id());
    }

    /** What is known of this one's host is over. */
    void forget(ServerId old) {
        gone.remove(old);
        told.remove(old);
    }

    void takeOff(ServerSettings old, List<ServerSettings> servers, Deadline deadline) {
        Optional<String> failure = way.takeOff(old, servers, deadline);
        if (failure.isEmpty()) {
            gone.add(old.id());
        } else {
            complain(old, failure.get());
        }
    }

    /** Once for each return. */
    void complain(ServerSettings old, String why) {
        if (told.add(old.id())) {
            String line = "The virtual address "
                    + old.scripts().vip().orElseThrow().vip() + " may be at TWO hosts: the old master " + old.id()
                    + " answers again, and whether the address was taken off its host is not known (" + why
                    + "); take it off there by hand";
            log.error("{}", line);
            alarm.ring("virtual address may be at two hosts", old.id(), line);
        }
    }
}
