package io.mha4j.lab.script;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * In which runs a case takes place, and on what tree: all combinations of kinds, ways to follow and formats, unless
 * single ones are named.
 *
 * @param kinds    names of server kinds, in the order of the file
 * @param gtid     {@code false} for file and position, {@code true} for GTIDs
 * @param formats  binary log formats: {@code row}, {@code mixed}, {@code statement}
 * @param only     the combinations that run, as {@code KIND-file|gtid-FORMAT}; empty means all
 * @param replicas number of replicas
 * @param shape    shape of the tree: {@code star}, {@code tier}, {@code dual}
 * @param place    what the hosts are: {@code loopback}, {@code namespaces}
 * @param options  lines for the servers' configuration files
 * @param packages Debian packages that it needs beside those of every case
 * @param deadline after which a run is killed
 * @param slow     kinds, or {@code KIND-file|gtid}, on which it runs only when everything is asked for ({@code long} in
 *                 the file)
 */
public record CaseHead(
        List<String> kinds,
        List<Boolean> gtid,
        List<String> formats,
        Set<String> only,
        int replicas,
        String shape,
        String place,
        List<ServerOption> options,
        Set<String> packages,
        Duration deadline,
        Set<String> slow) {
    public CaseHead {
        kinds = List.copyOf(kinds);
        gtid = List.copyOf(gtid);
        formats = List.copyOf(formats);
        only = Set.copyOf(only);
        options = List.copyOf(options);
        packages = Set.copyOf(packages);
        slow = Set.copyOf(slow);
    }

    /** {@code option HOSTS NAME[=VALUE]} */
    public record ServerOption(Hosts hosts, String line) {}
}
