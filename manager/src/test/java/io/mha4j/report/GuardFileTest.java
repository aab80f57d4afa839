package io.mha4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuardFileTest {
    private static final ServerId OLD = new ServerId(0, "server1", "db1", "10.0.0.1", 3306);
    private static final Instant UNTIL = Instant.parse("2026-01-02T03:14:05Z");

    @TempDir
    private Path workdir;

    private StateFiles files() {
        return new StateFiles(workdir, "app1");
    }

    private GuardFile of(ProcessIdentity process) {
        return new GuardFile(files(), process, new TestClock("2026-01-02T03:04:05Z"));
    }

    @Test
    void others_read_who_the_guard_is() {
        GuardFile own = of(ProcessIdentity.current());
        assertThat(own.isOwn()).isFalse();
        own.begin(OLD, UNTIL);
        assertThat(own.isOwn()).isTrue();
        assertThat(GuardFile.read(files()))
                .contains(new GuardFile.Guard(ProcessIdentity.current(), "db1(10.0.0.1:3306)", UNTIL));
    }

    @Test
    void a_later_guard_takes_the_place_and_keeps_it() {
        GuardFile first = of(new ProcessIdentity(1, "another"));
        GuardFile second = of(ProcessIdentity.current());
        first.begin(OLD, UNTIL);
        second.begin(OLD, UNTIL);
        assertThat(first.isOwn()).isFalse();
        first.end();
        assertThat(second.isOwn()).isTrue();
        second.end();
        assertThat(files().guard()).doesNotExist();
    }

    @Test
    void a_file_that_somebody_took_away_is_written_again_while_it_looks_out() throws IOException {
        GuardFile own = of(ProcessIdentity.current());
        assertThat(own.confirm()).isEqualTo(GuardFile.Standing.ENDED);
        own.begin(OLD, UNTIL);
        assertThat(own.confirm()).isEqualTo(GuardFile.Standing.OWN);
        Files.delete(files().guard());
        assertThat(own.confirm()).isEqualTo(GuardFile.Standing.RESTORED);
        assertThat(GuardFile.read(files()))
                .contains(new GuardFile.Guard(ProcessIdentity.current(), "db1(10.0.0.1:3306)", UNTIL));
        own.end();
        assertThat(own.confirm()).isEqualTo(GuardFile.Standing.ENDED);
        assertThat(files().guard()).doesNotExist();
        of(new ProcessIdentity(1, "another")).begin(OLD, UNTIL);
        assertThat(own.confirm()).isEqualTo(GuardFile.Standing.ANOTHERS);
    }

    @Test
    void a_process_that_has_ended_is_no_guard() {
        of(new ProcessIdentity(ProcessHandle.current().pid(), "born earlier")).begin(OLD, UNTIL);
        assertThat(GuardFile.read(files())).isEmpty();
    }

    @Test
    void what_is_no_such_file_names_nobody() throws IOException {
        assertThat(GuardFile.read(files())).isEmpty();
        Files.writeString(files().guard(), "12\tx\ndb1\nsoon\n");
        assertThat(GuardFile.read(files())).isEmpty();
        Files.writeString(files().guard(), "");
        assertThat(GuardFile.read(files())).isEmpty();
    }

    @Test
    void it_is_taken_away_by_an_interrupted_thread_too() {
        GuardFile own = of(ProcessIdentity.current());
        own.begin(OLD, UNTIL);
        Thread.currentThread().interrupt();
        own.end();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(files().guard()).doesNotExist();
    }
}
