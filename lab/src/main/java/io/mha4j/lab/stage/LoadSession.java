package io.mha4j.lab.stage;

import io.mha4j.base.Secret;
import io.mha4j.lab.address.ClientAddress;
import io.mha4j.lab.base.LabException;
import io.mha4j.lab.load.Clocks;
import io.mha4j.lab.load.LoadClient;
import io.mha4j.lab.load.LoadRecord;
import io.mha4j.lab.load.LoadRecord.Gap;
import io.mha4j.lab.load.LoadSpec;
import io.mha4j.lab.load.LoadTable;
import io.mha4j.lab.server.Account;
import io.mha4j.lab.server.LabServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The load of a case or demo: through the moving address, with the time of the last fault beside it. */
public final class LoadSession implements AutoCloseable {
    private final ClientAddress address;
    private final Path file;
    private final Clocks clocks;
    private Optional<LoadClient> client = Optional.empty();
    private Optional<LoadRecord> ended = Optional.empty();
    private Optional<Long> fault = Optional.empty();

    /** {@code file} gets the record, one line per write. */
    public LoadSession(ClientAddress address, Path file, Clocks clocks) {
        this.address = address;
        this.file = file;
        this.clocks = clocks;
    }

    /** Makes the table on {@code source} and starts to write through the address. */
    public void start(LabServer source, int connections, Duration pace) {
        if (client.isPresent()) {
            throw new LabException("a load is running already");
        }
        source.sql(LoadTable.CREATE);
        LoadSpec.Account app = new LoadSpec.Account(Account.APP.user(), new Secret(Account.APP.password()));
        LoadSpec standard = LoadSpec.standard(address.host(), address.port(), app);
        LoadSpec spec = new LoadSpec(
                standard.host(), standard.port(), app, connections, pace, standard.timeout(), standard.retry());
        ended = Optional.empty();
        fault = Optional.empty();
        client = Optional.of(LoadClient.start(spec, file, clocks));
    }

    /** A fault happens now; figures count from the last one. */
    public void markFault() {
        fault = Optional.of(clocks.ticks().nanos());
    }

    /** Ends the load, if it runs. */
    @Override
    public void close() {
        client.ifPresent(running -> {
            running.close();
            ended = Optional.of(running.record());
        });
        client = Optional.empty();
    }

    public boolean running() {
        return client.isPresent();
    }

    /** What was written so far, or by the load that ended last. */
    public LoadRecord record() {
        return client.map(LoadClient::record)
                .or(() -> ended)
                .orElseThrow(() -> new LabException("no load was started"));
    }

    /** Tick of the last fault. */
    public long faultTick() {
        return fault.orElseThrow(() -> new LabException("no fault happened while the load ran"));
    }

    /** Downtime as clients saw it; empty while nothing was acknowledged after the fault. */
    public Optional<Duration> downtime() {
        return record().downtime(faultTick()).map(Gap::length);
    }

    /** The figures on one line; the idle control stands beside the downtime. */
    public String figures() {
        LoadRecord record = record();
        String counts = "%d acknowledged, %d of unknown outcome, %d refused"
                .formatted(record.acknowledged().size(), record.unknown().size(), record.refused());
        if (fault.isEmpty()) {
            return counts;
        }
        long tick = faultTick();
        return "%s; before the fault %s writes/s, longest gap %s; downtime %s"
                .formatted(
                        counts,
                        record.ratePerSecond(tick).isPresent()
                                ? Long.toString(record.ratePerSecond(tick).getAsLong())
                                : "no",
                        millis(record.quietGap(tick)),
                        millis(record.downtime(tick)));
    }

    private static String millis(Optional<Gap> gap) {
        return gap.map(each -> each.length().toMillis() + " ms").orElse("unknown");
    }
}
