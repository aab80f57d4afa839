package io.mha4j.monitor;

import io.mha4j.config.ServerSettings;
import io.mha4j.remote.Host;
import java.util.function.BooleanSupplier;

/**
 * The ways to the source's host besides the source itself.
 *
 * @param ssh   its programs
 * @param knock whether anything comes back from it when the source's port is tried anew; comes back by itself
 */
public record SourceHost(Host ssh, BooleanSupplier knock) {
    /** The host of {@code source}. */
    public static SourceHost of(ServerSettings source, Host ssh) {
        return new SourceHost(ssh, () -> HostSilence.answers(source.id()));
    }
}
