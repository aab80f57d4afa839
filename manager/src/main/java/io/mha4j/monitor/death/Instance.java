package io.mha4j.monitor.death;

import io.mha4j.decision.death.Keeper;
import io.mha4j.topology.details.ServerFiles;

/**
 * The process behind a source, as seen while it answered.
 *
 * @param pid    its number on its host
 * @param start  when it began, in the kernel's ticks since boot; tells it from a later one with its number
 * @param name   of its program
 * @param files  of the server
 * @param logEnd size of the error log then; 0 where there is none
 * @param keeper who would start it again
 */
public record Instance(long pid, long start, String name, ServerFiles files, long logEnd, Keeper keeper) {
    /** As a clause: which process it is, and whose child. */
    String sentence() {
        return "process %d (%s), child of process %d (%s)"
                .formatted(pid, name, keeper.parent().pid(), keeper.parent().name());
    }

    Instance withLogEnd(long size) {
        return new Instance(pid, start, name, files, size, keeper);
    }
}
