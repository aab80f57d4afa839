package io.mha4j.remote.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Vector;

/**
 * The keys that may log in: those in files without a passphrase, then those that the agent holds. The agent is only asked,
 * never changed. Remembers, for the message when none is accepted, what was done with each file and with the agent.
 */
final class LoginKeys implements IdentityRepository {
    private final List<Identity> usable = new ArrayList<>();
    private final List<byte[]> locked = new ArrayList<>();
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
        target.agent().ifPresent(socket -> keys.addAgent(socket, target.onlyNamedKeys() ? named : List.of()));
        return keys;
    }

    List<String> told() {
        return List.copyOf(told);
    }

    private String add(Path file, List<byte[]> named) {
        if (!Files.isReadable(file)) {
            return Files.exists(file) ? " cannot be read" : " does not exist";
        }
        try {
            JSch reader = new JSch();
            KeyPair key = KeyPair.load(reader, file.toString());
            Optional.ofNullable(key.getPublicKeyBlob()).ifPresent(named::add);
            if (key.isEncrypted()) {
                Optional.ofNullable(key.getPublicKeyBlob()).ifPresent(locked::add);
                return " needs a passphrase" + (agentMissing ? " and there is no agent: SSH_AUTH_SOCK is not set" : "");
            }
            reader.addIdentity(file.toString());
            usable.addAll(reader.getIdentityRepository().getIdentities());
            return "";
        } catch (JSchException e) {
            return " is no private key";
        }
    }

    /** @param only public keys that count; all when there is none */
    private void addAgent(Path socket, List<byte[]> only) {
        try {
            AgentIdentityRepository agent = new AgentIdentityRepository(new SSHAgentConnector(socket));
            if (agent.getStatus() != RUNNING) {
                told.add("the agent at " + socket + " does not answer");
                return;
            }
            List<Identity> held = agent.getIdentities().stream()
                    .filter(i -> only.isEmpty() || holds(only, i))
                    .toList();
            // Keys that are named but locked come first: servers allow few attempts.
            held.stream().filter(i -> holds(locked, i)).forEach(usable::add);
            held.stream().filter(i -> !holds(locked, i)).forEach(usable::add);
            told.add("the agent at " + socket + " holds " + (held.isEmpty() ? "no key" : held.size() + " keys"));
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
