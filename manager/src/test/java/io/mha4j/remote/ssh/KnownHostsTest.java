package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.HostKeyRepository;
import io.mha4j.remote.ssh.HostKeyRule.Strictness;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    @TempDir
    private Path folder = Path.of("");

    private final List<String> doubts = new ArrayList<>();

    @Test
    void a_new_key_is_remembered_and_another_one_refused() throws IOException {
        Path file = folder.resolve("ssh/known_hosts");

        assertThat(known(file).check("db1", key(1))).isEqualTo(HostKeyRepository.OK);
        assertThat(known(file).check("db1", key(1))).isEqualTo(HostKeyRepository.OK);
        assertThat(known(file).check("db1", key(2))).isEqualTo(HostKeyRepository.CHANGED);
        assertThat(Files.readAllLines(file)).singleElement().asString().startsWith("db1 ssh-ed25519 ");
        assertThat(doubts).isEmpty();
    }

    @Test
    void a_host_whose_key_cannot_be_remembered_is_not_lost() throws IOException {
        Path file = Files.createFile(folder.resolve("home")).resolve("known_hosts");

        assertThat(known(file).check("db1", key(1))).isEqualTo(HostKeyRepository.OK);
        assertThat(doubts)
                .singleElement()
                .asString()
                .startsWith("the key of db1 is believed, but cannot be written to " + file);
    }

    private KnownHosts known(Path file) {
        return KnownHosts.of(
                new HostKeyRule(Strictness.ACCEPT_NEW, List.of(file), List.of(), Optional.empty()), doubts::add);
    }

    private static byte[] key(int seed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(bytes)) {
            data.writeInt(11);
            data.write("ssh-ed25519".getBytes(StandardCharsets.US_ASCII));
            data.writeInt(32);
            data.write(new byte[31]);
            data.write(seed);
        }
        return bytes.toByteArray();
    }
}
