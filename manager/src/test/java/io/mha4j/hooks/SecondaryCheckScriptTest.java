package io.mha4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondaryCheckScriptTest {
    private final ServerSettings db1 = Servers.plain("db1", "10.0.0.1");

    @TempDir
    private Path folder;

    @Test
    void ours_is_run_where_that_of_MHA_is_no_more() {
        SecondaryCheckScript script = new SecondaryCheckScript(" " + mha() + "  -s db2 --port=2222");
        assertThat(script.runsBuiltIn()).isTrue();
        assertThat(script.ask(db1).line())
                .startsWith("masterha_secondary_check  -s db2 --port=2222 --user=root --master_host=db1 ");
    }

    @Test
    void that_of_MHA_is_run_where_it_is() throws IOException {
        Files.createFile(mha(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        SecondaryCheckScript script = new SecondaryCheckScript(mha() + " -s db2");
        assertThat(script.runsBuiltIn()).isFalse();
        assertThat(script.ask(db1).line()).startsWith(mha() + " -s db2 --user=root ");
    }

    @Test
    void another_script_that_is_missing_is_not_replaced() {
        Path other = folder.resolve("my_masterha_secondary_check");
        assertThat(new SecondaryCheckScript(other + " -s db2").programRun()).isEqualTo(other.toString());
        assertThat(new SecondaryCheckScript("masterha_secondary_check -s db2").runsBuiltIn())
                .isFalse();
    }

    private Path mha() {
        return folder.resolve("masterha_secondary_check");
    }
}
