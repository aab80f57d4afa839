package io.mha4j.remote.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Vector;

/**
 * The keys that may log in: those in files without a passphrase, then those that the agent holds. The agent is only asked,
 * never changed. Remembers, for the message when none is accepted, what was done with each file and with the agent.
 */
final class LoginKeys implements IdentityRepository {
    private final List<Identity> usable = new ArrayList<>();
    private final List<byte[]> fromAgent = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final boolean agentMissing;

    private LoginKeys(boolean agentMissing) {
        this.agentMissing = agentMissing;
    }

    /** Reads the files of {@code target} and asks its agent, which may take any time. */
    static LoginKeys of(SshTarget target) {
        LoginKeys keys = new LoginKeys(target.agent().isEmpty());
        List<byte[]> named = new ArrayList<>();
        for (Path file : target.identityFiles()) {
            keys.told.add(file + keys.add(file, named));
        }
        Optional<List<byte[]>> only = Optional.of(named).filter(n -> target.onlyNamedKeys());
        target.agent().ifPresent(socket -> keys.addAgent(socket, only));
        return keys;
    }

    List<String> told() {
        return List.copyOf(told);
    }

    private String add(Path file, List<byte[]> named) {
        Optional<byte[]> itself = publicKey(file);
        Optional<byte[]> known = itself.or(() -> publicKey(publicPartOf(file)));
        if (itself.isPresent() || !Files.isReadable(file)) {
            onlyAgentUses(known, named);
            return whyNot(file, itself.isPresent());
        }
        try {
            JSch reader = new JSch();
            KeyPair key = KeyPair.load(reader, file.toString());
            Optional<byte[]> part = Optional.ofNullable(key.getPublicKeyBlob()).or(() -> known);
            if (key.isEncrypted()) {
                onlyAgentUses(part, named);
                return " needs a passphrase" + (agentMissing ? " and there is no agent: SSH_AUTH_SOCK is not set" : "");
            }
            part.ifPresent(named::add);
            reader.addIdentity(file.toString());
            usable.addAll(reader.getIdentityRepository().getIdentities());
            return "";
        } catch (JSchException e) {
            onlyAgentUses(known, named);
            return " is no private key";
        }
    }

    private void onlyAgentUses(Optional<byte[]> key, List<byte[]> named) {
        key.ifPresent(named::add);
        key.ifPresent(fromAgent::add);
    }

    /** Where ssh-keygen puts it. */
    static Path publicPartOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    private static String whyNot(Path file, boolean isPublic) {
        if (isPublic) {
            return " is a public key; the private one can only be the agent's";
        }
        return Files.exists(file) ? " cannot be read" : " does not exist";
    }

    /** The key of a file that holds one line {@code algorithm base64 comment} (RFC 4253, 6.6, in OpenSSH's form). */
    private static Optional<byte[]> publicKey(Path file) {
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip().split("\\s+", 3);
            byte[] key = words.length < 2 ? new byte[0] : Base64.getDecoder().decode(words[1]);
            return Optional.of(key).filter(k -> beginsWith(words[0], k));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean beginsWith(String algorithm, byte[] key) {
        byte[] name = algorithm.getBytes(StandardCharsets.ISO_8859_1);
        return key.length >= Integer.BYTES + name.length
                && ByteBuffer.wrap(key).getInt() == name.length
                && Arrays.equals(key, Integer.BYTES, Integer.BYTES + name.length, name, 0, name.length);
    }

    /** @param only public keys that count; absent: all that it holds */
    private void addAgent(Path socket, Optional<List<byte[]>> only) {
        try {
            AgentIdentityRepository agent = new AgentIdentityRepository(new SSHAgentConnector(socket));
            if (agent.getStatus() != RUNNING) {
                told.add("the agent at " + socket + " does not answer");
                return;
            }
            List<Identity> held = agent.getIdentities().stream()
                    .filter(i -> only.isEmpty() || holds(only.get(), i))
                    .toList();
            // Keys that are named but only the agent can use come first: servers allow few attempts.
            held.stream().filter(i -> holds(fromAgent, i)).forEach(usable::add);
            held.stream().filter(i -> !holds(fromAgent, i)).forEach(usable::add);
            String none = only.isPresent() ? "none of these keys (IdentitiesOnly)" : "no key";
            told.add("the agent at " + socket + " holds " + (held.isEmpty() ? none : held.size() + " keys"));
        } catch (AgentProxyException e) {
            told.add("the agent at " + socket + " cannot be asked: " + e.getMessage());
        }
    }

    private static boolean holds(List<byte[]> keys, Identity identity) {
        return keys.stream().anyMatch(k -> Arrays.equals(k, identity.getPublicKeyBlob()));
    }

    @Override
    public String getName() {
        return "keys of mha4j";
    }

    @Override
    public int getStatus() {
        return RUNNING;
    }

    @Override
    public Vector<Identity> getIdentities() {
        return new Vector<>(usable);
    }

    @Override
    public boolean add(byte[] identity) {
        return false;
    }

    @Override
    public boolean remove(byte[] blob) {
        return false;
    }

    @Override
    public void removeAll() {
        // Nothing that is ours to remove.
    }
}
