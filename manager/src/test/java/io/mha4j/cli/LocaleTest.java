package io.mha4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.binlog.SampleLogs;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.LocalRunner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocaleTest {
    /** What servers and shells are told holds numbers too. In a locale of Egypt Java writes them with other digits. */
    @Test
    void numbers_are_written_alike_in_every_locale() {
        Path log = SampleLogs.folder("8.0.15-row", "source").resolve("mysql-bin.000001");
        List<String> argv = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "masterha",
                "binlog",
                log.toString());

        CommandRunner.Result told = new LocalRunner().run(argv, Deadline.in(Duration.ofSeconds(60), System::nanoTime));

        assertThat(told.stdout())
                .containsPattern(" +4  FORMAT_DESCRIPTION ")
                .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }
}
