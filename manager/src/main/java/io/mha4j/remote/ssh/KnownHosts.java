package io.mha4j.remote.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import io.mha4j.base.CommandException;
import io.mha4j.remote.ssh.HostKeyRule.Strictness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The known_hosts files as they are when a connection is made. jsch reads them; what follows from a key that is new is
 * decided here, since jsch would take a changed key too when told not to ask.
 */
final class KnownHosts implements HostKeyRepository {
    private final HostKeyRule rule;
    private final HostKeyRepository read;
    private final Consumer<String> doubts;

    private KnownHosts(HostKeyRule rule, HostKeyRepository read, Consumer<String> doubts) {
        this.rule = rule;
        this.read = read;
        this.doubts = doubts;
    }

    /**
     * Reads the files of {@code rule}; missing ones are empty.
     *
     * @param doubts told of a key that is believed and cannot be remembered
     * @throws CommandException if one exists but cannot be read
     */
    static KnownHosts of(HostKeyRule rule, Consumer<String> doubts) {
        StringBuilder lines = new StringBuilder();
        Stream.concat(rule.userFiles().stream(), rule.globalFiles().stream())
                .forEach(file -> lines.append(text(file)).append('\n'));
        JSch reader = new JSch();
        try {
            reader.setKnownHosts(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.ISO_8859_1)));
        } catch (JSchException e) {
            throw new CommandException("known_hosts cannot be understood: " + e.getMessage(), e);
        }
        return new KnownHosts(rule, reader.getHostKeyRepository(), doubts);
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new CommandException(file + " cannot be read (" + e.getMessage() + "); correct its permissions", e);
        }
    }

    @Override
    public int check(String host, byte[] key) {
        if (rule.strictness() == Strictness.OFF) {
            return OK;
        }
        int found = read.check(host, key);
        if (found == NOT_INCLUDED && rule.strictness() == Strictness.ACCEPT_NEW) {
            remember(host, key);
            return OK;
        }
        return found;
    }

    /** As ssh does: a key that is believed is no worse for a full disk here, and that is no time to lose a host. */
    private void remember(String host, byte[] key) {
        List<Path> files = rule.userFiles();
        boolean writable = !files.isEmpty() && (!Files.exists(files.get(0)) || Files.isRegularFile(files.get(0)));
        if (!writable) {
            return;
        }
        try {
            HostKey entry = new HostKey(host, key);
            append(files.get(0), entry.getHost() + " " + entry.getType() + " " + entry.getKey() + "\n");
        } catch (IOException | JSchException | CommandException e) {
            doubts.accept("the key of " + host + " is believed, but cannot be written to " + files.get(0) + " ("
                    + e.getMessage() + "), so that a change of it would not be noticed; correct its permissions");
        }
    }

    /** One at a time: many hosts are met for the first time at once. */
    private static void append(Path file, String line) throws IOException {
        synchronized (KnownHosts.class) {
            if (!Files.exists(file)) {
                createPrivate(file);
            }
            String before = text(file);
            if (!before.contains(line)) {
                // A last line without its end would swallow ours.
                String separator = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
                Files.writeString(file, separator + line, StandardCharsets.ISO_8859_1, StandardOpenOption.APPEND);
            }
        }
    }

    private static void createPrivate(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    @Override
    public void add(HostKey key, UserInfo info) {
        // Adding is check's work.
    }

    @Override
    public void remove(String host, String type) {
        // An operator removes keys, we do not.
    }

    @Override
    public void remove(String host, String type, byte[] key) {
        // As above.
    }

    @Override
    public String getKnownHostsRepositoryID() {
        return rule.userFiles().toString();
    }

    @Override
    public HostKey[] getHostKey() {
        return read.getHostKey();
    }

    @Override
    public HostKey[] getHostKey(String host, String type) {
        return read.getHostKey(host, type);
    }
}
