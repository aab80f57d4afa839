package io.mha4j.archive;

import io.mha4j.remote.Host;
import java.util.List;

/**
 * Where a server's binary logs may lie.
 *
 * @param host        the machine
 * @param directories absolute paths; if several hold the wanted file, {@link io.mha4j.archive.place.LogChoice} decides
 * @param grow        whether somebody may still write to them
 */
public record LogPlace(Host host, List<String> directories, boolean grow) {
    public LogPlace {
        directories = List.copyOf(directories);
    }

    /** Where somebody may still write to them. */
    public LogPlace(Host host, List<String> directories) {
        this(host, directories, true);
    }
}
