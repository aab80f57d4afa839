package io.mha4j.cli.watch;

import io.mha4j.base.InterruptedWork;
import io.mha4j.base.MhaException;
import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.report.EventLog;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The configuration at the moment of a death: what the operator changed while the source was watched counts, as with MHA. What
 * cannot be read at that moment, or not be used, does not keep the dead source from being replaced.
 */
public final class FreshConfig {
    private FreshConfig() {}

    /**
     * The one to fail over with.
     *
     * @param reading reads the files again
     * @param before  what was watched with
     */
    public static Application of(Supplier<Application> reading, Application before, ServerId dead, EventLog log) {
        try {
            Application fresh = reading.get();
            Optional<String> unfit = unfit(fresh, before, dead);
            if (unfit.isEmpty()) {
                return fresh;
            }
            log.error("{}", unfit.get());
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            log.error("{}", e.getMessage());
        }
        log.error("The configuration was NOT taken over; the failover goes on with the one that was read before");
        return before;
    }

    /** Why it could not be used if the source died now. */
    public static Optional<String> objection(Supplier<Application> reading, Application before, ServerId source) {
        try {
            return unfit(reading.get(), before, source);
        } catch (InterruptedWork e) {
            throw e;
        } catch (MhaException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> unfit(Application fresh, Application before, ServerId dead) {
        if (fresh.calledAs(dead).isEmpty()) {
            return Optional.of(fresh.confFile() + " does not name " + dead + " any more");
        }
        if (before.globalFile().isPresent() && fresh.globalFile().isEmpty()) {
            return Optional.of(
                    "the global configuration file " + before.globalFile().get() + " is gone");
        }
        return fresh.servers().stream()
                .map(ServerSettings::id)
                .filter(ServerId::isUnresolved)
                .filter(id -> before.calledAs(id)
                        .filter(server -> !server.id().isUnresolved())
                        .isPresent())
                .findFirst()
                .map(id -> "the address of " + id.host() + " is not to be had at this moment");
    }
}
