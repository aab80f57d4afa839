package io.mha4j.ha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.ha.ManagerLock.Claim;
import io.mha4j.report.HolderFile;
import io.mha4j.report.ProcessIdentity;
import io.mha4j.report.ReportException;
import io.mha4j.report.StateFiles;
import io.mha4j.report.StatusFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ManagerLockTest {
    @TempDir
    Path dir;

    private StateFiles files = new StateFiles(Path.of("."), "app1");

    @BeforeEach
    void useTemporaryDirectory() {
        files = new StateFiles(dir, "app1");
    }

    private Claim claim() {
        return ManagerLock.claim(files, InstantSource.system());
    }

    private ManagerLock ours() {
        return ((Claim.Ours) claim()).lock();
    }

    @Test
    void the_holder_says_who_it_is() throws Exception {
        try (ManagerLock lock = ours()) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(HolderFile.read(files)).contains(ProcessIdentity.current());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.lock())))
                    .isEqualTo("rw-------");
        }
        assertThat(HolderFile.read(files)).isEmpty();
        ours().close();
    }

    @Test
    void a_second_process_is_told_who_holds_it() throws Exception {
        try (LockProcess other = LockProcess.start(dir)) {
            assertThat(other.answer()).isEqualTo("ours");
            assertThat(((Claim.Theirs) claim()).sentence())
                    .isEqualTo("process " + other.pid() + " acts for app1 already and holds " + files.lock()
                            + "; stop it with masterha_stop first");
        }
    }

    @Test
    void a_holder_that_lives_keeps_it_though_somebody_removed_its_file() throws Exception {
        try (LockProcess other = LockProcess.start(dir)) {
            assertThat(other.answer()).isEqualTo("ours");
            Files.delete(files.lock());
            assertThat(((Claim.Theirs) claim()).sentence()).startsWith("process " + other.pid() + " acts for app1");
            other.kill();
        }
        ours().close();
    }

    @Test
    void a_killed_holder_does_not_keep_it() throws Exception {
        try (LockProcess other = LockProcess.start(dir)) {
            assertThat(other.answer()).isEqualTo("ours");
            other.kill();
            assertThat(HolderFile.read(files))
                    .hasValueSatisfying(h -> assertThat(h.isAlive()).isFalse());
        }
        ours().close();
    }

    @Test
    void asking_again_in_the_same_process_neither_gets_it_nor_drops_it() throws Exception {
        try (ManagerLock lock = ours();
                LockProcess other = afterAskingAgain()) {
            assertThat(other.answer())
                    .startsWith("process " + ProcessHandle.current().pid());
            assertThat(lock.isHeld()).isTrue();
        }
    }

    @Test
    void showing_good_pings_does_not_drop_it() throws Exception {
        try (ManagerLock lock = ours()) {
            StatusFile status = new StatusFile(files, ProcessIdentity.current(), InstantSource.system());
            status.pingOk("db1");
            status.pingOk("db1");
            Files.delete(files.holder());
            try (LockProcess other = LockProcess.start(dir)) {
                assertThat(other.answer()).startsWith("another process acts for app1 already");
            }
            assertThat(lock.isHeld()).isTrue();
        }
    }

    private LockProcess afterAskingAgain() throws Exception {
        assertThat(claim()).isInstanceOf(Claim.Theirs.class);
        return LockProcess.start(dir);
    }

    @Test
    void giving_it_back_twice_does_no_harm_to_the_next_holder() {
        ManagerLock first = ours();
        first.close();
        assertThat(first.isHeld()).isFalse();
        try (ManagerLock second = ours()) {
            first.close();
            assertThat(second.isHeld()).isTrue();
            assertThat(HolderFile.read(files)).isPresent();
        }
    }

    @Test
    void a_link_in_the_place_of_the_file_is_not_followed() throws Exception {
        Files.createSymbolicLink(files.lock(), dir.resolve("elsewhere"));
        assertThatThrownBy(this::claim)
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("app1.manager.lock: cannot be written: ");
        assertThat(dir.resolve("elsewhere")).doesNotExist();
    }
}
