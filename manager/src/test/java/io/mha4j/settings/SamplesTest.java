package io.mha4j.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.remote.LocalRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in {@code samples/} are what operators start from: they must load, and as the comments in them say. */
final class SamplesTest {
    private static final Path SAMPLES = Path.of("../samples");

    @TempDir
    private Path dir;

    @Test
    void the_sample_files_load_together() throws IOException {
        Files.writeString(dir.resolve("password"), "secret 1\n");
        Files.writeString(dir.resolve("repl_password"), "secret 2\n");
        Path global = dir.resolve("masterha_default.cnf");
        Files.writeString(
                global,
                Files.readString(SAMPLES.resolve("masterha_default.cnf")).replace("file:/etc/masterha", "file:" + dir));
        Application app = load(SAMPLES.resolve("app1.cnf"), global);

        assertThat(app.warnings()).isEmpty();
        assertThat(app.name()).isEqualTo("app1");
        assertThat(app.servers())
                .extracting(ServerSettings::id)
                .extracting(ServerId::host)
                .containsExactly("host1", "host2", "host3", "host4");
        assertThat(app.servers()).extracting(s -> s.roles().preferred()).containsExactly(true, true, false, false);
        assertThat(app.servers().get(3).roles().barred()).isTrue();
        assertThat(app.servers()).allSatisfy(server -> {
            assertThat(server.mysql().password().reveal()).isEqualTo("secret 1");
            assertThat(server.mysql().replUser()).contains("repl");
            assertThat(server.ssh().user()).isEqualTo("root");
        });
    }

    @Test
    void the_lines_that_are_commented_out_are_valid_too() throws IOException {
        String text = Files.readString(SAMPLES.resolve("masterha_default.cnf")).replaceAll("(?m)^#([a-z_]+=)", "$1");
        Path global = dir.resolve("all.cnf");
        Files.writeString(global, text.replaceAll("(?m)^(repl_)?password=.*$", ""));
        ServerSettings server =
                load(SAMPLES.resolve("app1.cnf"), global).servers().get(0);
        assertThat(server.ssh().options()).containsExactly("-i", "/root/.ssh/id_mha");
        assertThat(server.scripts().ipFailover()).contains("/usr/local/bin/master_ip_failover");
        assertThat(server.scripts().report()).contains("/usr/local/bin/send_report");
    }

    private static Application load(Path conf, Path global) {
        NameResolver everyName = (Set<String> hosts, io.mha4j.base.Deadline deadline) ->
                hosts.stream().collect(Collectors.toMap(h -> h, h -> "10.0.0." + h.substring(4)));
        return new SettingsLoader(
                        new LocalRunner(), everyName, new Surroundings("operator", Map.of()), System::nanoTime)
                .load(new ConfigFiles(conf.toString(), global.toString()))
                .application();
    }
}
