package io.mha4j.archive.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.binlog.GtidSet;
import io.mha4j.remote.ByteSink;
import io.mha4j.remote.FileRange;
import io.mha4j.remote.Host;
import io.mha4j.remote.PortForward;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A host that answers over SSH, whose disk hangs: nothing that asks for a file comes back before its deadline. */
final class HungDiskTest {
    private static final Duration A_NIGHT = Duration.ofHours(6);

    private final Hung host = new Hung();
    private final Deadline deadline = Deadline.in(A_NIGHT, host::now);

    @Test
    void each_directory_costs_seconds_of_the_hours_that_reading_may_take() {
        assertThatThrownBy(() -> LogFiles.holding(host, List.of("/data", "/logs"), "bin.000001", deadline))
                .isInstanceOf(MissingLogException.class)
                .hasMessageContaining("/logs (no answer)");
        assertThat(host.waited()).isEqualTo(LogFiles.ASK.multipliedBy(2));
    }

    @Test
    void so_do_the_files_and_who_has_them_open() {
        LogFiles logs = LogFiles.named(host, "/data", "bin");
        assertThatThrownBy(() -> logs.size("bin.000001", deadline)).isInstanceOf(CommandException.class);
        assertThatThrownBy(() -> logs.after("bin.000001", deadline)).isInstanceOf(CommandException.class);
        assertThat(HeldOpen.look(host, List.of("/data/bin.000001"), deadline)).isEqualTo(HeldOpen.UNKNOWN);
        assertThat(host.waited()).isEqualTo(LogFiles.ASK.multipliedBy(3));
    }

    @Test
    void so_does_the_search_for_a_log_whose_name_is_not_known() {
        BinlogSearch search = new BinlogSearch(host, List.of("/data"), 1, duration -> {}, deadline);
        assertThatThrownBy(() -> search.startFor(List.of(GtidSet.EMPTY), Optional.empty()))
                .isInstanceOf(MissingLogException.class);
        assertThat(host.waited()).isEqualTo(LogFiles.ASK);
    }

    private static final class Hung implements Host {
        private long now;

        long now() {
            return now;
        }

        Duration waited() {
            return Duration.ofNanos(now);
        }

        private CommandException silence(Deadline deadline) {
            now = deadline.endTick();
            return new CommandException("no answer");
        }

        @Override
        public String name() {
            return "root@db1:22";
        }

        @Override
        public Result run(List<String> argv, Deadline deadline) {
            throw silence(deadline);
        }

        @Override
        public long readFile(FileRange range, ByteSink sink, Deadline deadline) {
            throw silence(deadline);
        }

        @Override
        public List<String> listDirectory(String path, Deadline deadline) {
            throw silence(deadline);
        }

        @Override
        public long fileSize(String path, Deadline deadline) {
            throw silence(deadline);
        }

        @Override
        public PortForward forwardToHere(int localPort, Deadline deadline) {
            throw silence(deadline);
        }

        @Override
        public void tryForwardToHere(Deadline deadline) {
            throw silence(deadline);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
