package io.mha4j.remote.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.Identity;
import io.mha4j.config.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which of an agent's keys are offered. */
@Timeout(60)
class LoginKeysTest {
    private static final byte[] OURS = key("ours");
    private static final byte[] OTHER = key("other");

    @TempDir
    private Path folder = Path.of("");

    private Agent agent = new Agent();

    @BeforeEach
    void start() throws IOException {
        agent.start(folder.resolve("agent"), List.of(OTHER, OURS));
    }

    @AfterEach
    void end() throws IOException {
        agent.close();
    }

    @Test
    void a_public_key_names_the_agents_key() throws IOException {
        Path file = publicKey("id.pub", OURS);

        assertThat(offered("-i", file.toString(), "-o", "IdentitiesOnly=yes")).containsExactly(OURS);
    }

    @Test
    void beside_a_private_key_that_is_not_there_the_public_one_names_it() throws IOException {
        publicKey("id.pub", OURS);

        assertThat(offered("-i", folder.resolve("id").toString(), "-o", "IdentitiesOnly=yes"))
                .containsExactly(OURS);
    }

    @Test
    void beside_a_private_key_that_cannot_be_understood_the_public_one_names_it() throws IOException {
        Path file = Files.writeString(folder.resolve("id"), "-----BEGIN NEW PRIVATE KEY-----\nAAAA\n");
        publicKey("id.pub", OURS);

        assertThat(offered("-i", file.toString(), "-o", "IdentitiesOnly=yes")).containsExactly(OURS);
        assertThat(offered("-i", file.toString())).containsExactly(OURS, OTHER);
    }

    @Test
    void a_key_where_ssh_looks_by_itself_may_be_there_as_the_public_one_only() throws IOException {
        Files.createDirectory(folder.resolve(".ssh"));
        publicKey(".ssh/id_ed25519.pub", OURS);

        assertThat(offered("-o", "IdentitiesOnly=yes")).containsExactly(OURS);
    }

    @Test
    void when_no_file_names_a_key_none_of_the_agents_is_offered() throws IOException {
        Path nonsense = Files.writeString(folder.resolve("nonsense"), "no key\n");

        assertThat(offered("-i", "/nowhere/id", "-i", nonsense.toString(), "-o", "IdentitiesOnly=yes"))
                .isEmpty();
    }

    @Test
    void without_such_a_limit_all_are_offered_and_the_named_one_first() throws IOException {
        Path file = publicKey("id.pub", OURS);

        assertThat(offered("-i", "/nowhere/id")).containsExactly(OTHER, OURS);
        assertThat(offered("-i", file.toString())).containsExactly(OURS, OTHER);
    }

    private List<byte[]> offered(String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-F", "none", "-o", "IdentityAgent=" + folder.resolve("agent")));
        SshTarget target = SshTarget.of(
                new ServerSettings.Ssh("db1", "10.0.0.1", 22, "mha", words, Duration.ofSeconds(5)), folder);
        return LoginKeys.of(target).getIdentities().stream()
                .map(Identity::getPublicKeyBlob)
                .toList();
    }

    private Path publicKey(String name, byte[] key) throws IOException {
        String line = "ssh-ed25519 " + Base64.getEncoder().encodeToString(key) + " a comment\n";
        return Files.writeString(folder.resolve(name), line);
    }

    private static byte[] key(String content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            string(out, "ssh-ed25519".getBytes(StandardCharsets.US_ASCII));
            string(out, content.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream out, byte[] text) throws IOException {
        out.writeInt(text.length);
        out.write(text);
    }

    /** Answers every question with its keys (draft-miller-ssh-agent, 4.4). */
    private static final class Agent implements AutoCloseable {
        private static final int IDENTITIES_ANSWER = 12;

        private final List<ServerSocketChannel> doors = new ArrayList<>();

        void start(Path socket, List<byte[]> keys) throws IOException {
            ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket));
            doors.add(door);
            Thread thread = new Thread(() -> answer(door, keys), "agent");
            thread.setDaemon(true);
            thread.start();
        }

        private static void answer(ServerSocketChannel door, List<byte[]> keys) {
            while (door.isOpen()) {
                try (SocketChannel asked = door.accept()) {
                    answer(asked, keys);
                } catch (IOException e) {
                    // Somebody looked only whether there is an agent, or the test is over.
                }
            }
        }

        private static void answer(SocketChannel asked, List<byte[]> keys) throws IOException {
            DataInputStream in = new DataInputStream(Channels.newInputStream(asked));
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(asked));
            while (true) {
                in.skipNBytes(in.readInt());
                string(out, identities(keys));
            }
        }

        private static byte[] identities(List<byte[]> keys) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            DataOutputStream told = new DataOutputStream(body);
            told.write(IDENTITIES_ANSWER);
            told.writeInt(keys.size());
            for (byte[] key : keys) {
                string(told, key);
                string(told, new byte[0]);
            }
            return body.toByteArray();
        }

        @Override
        public void close() throws IOException {
            for (ServerSocketChannel door : doors) {
                door.close();
            }
        }
    }
}
