package io.mha4j.lab.host;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.base.LabException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/**
 * An ed25519 key pair and its files.
 *
 * @param pair        the key
 * @param privateFile OpenSSH form, mode 0600; the public key lies beside it with {@code .pub} added
 */
public record SshKeys(KeyPair pair, Path privateFile) {
    private static final int ED25519_BITS = 256;

    /** Makes a new pair and writes it to {@code privateFile} and {@code privateFile.pub}. */
    public static SshKeys generate(Path privateFile) {
        try {
            KeyPair pair = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, ED25519_BITS);
            write(pair, privateFile);
            return new SshKeys(pair, privateFile);
        } catch (IOException | GeneralSecurityException e) {
            throw new LabException("cannot make the SSH key " + privateFile + ": " + e.getMessage(), e);
        }
    }

    private static void write(KeyPair pair, Path file) throws IOException, GeneralSecurityException {
        OpenSSHKeyPairResourceWriter writer = OpenSSHKeyPairResourceWriter.INSTANCE;
        ByteArrayOutputStream secret = new ByteArrayOutputStream();
        writer.writePrivateKey(pair, "mha4j-lab", null, secret);
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        writer.writePublicKey(pair, "mha4j-lab", open);
        Folders.make(file.toAbsolutePath().resolveSibling("."));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, secret.toByteArray());
        Files.write(file.resolveSibling(file.getFileName() + ".pub"), open.toByteArray());
    }
}
