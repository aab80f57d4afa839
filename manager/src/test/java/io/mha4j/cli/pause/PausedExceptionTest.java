package io.mha4j.cli.pause;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.report.PauseFile;
import io.mha4j.report.StateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PausedExceptionTest {
    @TempDir
    private Path dir;

    @Test
    void whoever_must_not_act_is_told_why_also_where_the_order_cannot_be_read() throws IOException {
        StateFiles files = new StateFiles(dir, "app1");
        PauseFile file = new PauseFile(files, InstantSource.system());
        PausedException.throwIfPaused(file, "the master is dead");
        file.begin(Optional.empty(), "new disks");
        assertThatThrownBy(() -> PausedException.throwIfPaused(file, "the master is dead"))
                .isInstanceOf(PausedException.class)
                .hasMessageStartingWith("the master is dead, but acting is paused since ")
                .hasMessageContaining("new disks");
        Files.writeString(files.paused(), "{");
        assertThatThrownBy(() -> PausedException.throwIfPaused(file, "the master is dead"))
                .isInstanceOf(PausedException.class)
                .hasMessageStartingWith("the master is dead, but ")
                .hasMessageContaining("is damaged");
    }
}
