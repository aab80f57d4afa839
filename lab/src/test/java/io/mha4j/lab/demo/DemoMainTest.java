package io.mha4j.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class DemoMainTest {
    @TempDir
    private Path dir = Path.of("");

    private int exit(String... args) {
        return new CommandLine(new DemoMain()).execute(args);
    }

    @Test
    void what_does_not_come_to_a_death_did_not_start() {
        assertThat(exit("--root=" + dir)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--server=5.1", "--gtid=perhaps", "--scenario=flood", "--nothing"})
    void wrong_arguments_start_nothing(String wrong) {
        assertThat(exit(wrong, "--root=" + dir)).isEqualTo(2);
    }
}
