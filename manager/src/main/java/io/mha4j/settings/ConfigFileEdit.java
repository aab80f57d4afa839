package io.mha4j.settings;

import io.mha4j.base.MhaException;
import io.mha4j.config.ConfigText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Edits an operator's file in place: whoever reads it at any moment, after a crash too, finds the old or the new text as a
 * whole. Owner and permissions stay; the old text stays beside it.
 */
public final class ConfigFileEdit {
    private static final Set<PosixFilePermission> OURS_ALONE = PosixFilePermissions.fromString("rw-------");

    private ConfigFileEdit() {}

    /** The file cannot be edited; it is as it was. */
    public static final class NotEdited extends MhaException {
        NotEdited(String message, IOException cause) {
            super(message, cause);
        }

        NotEdited(String message) {
            super(message);
        }
    }

    /**
     * Writes what {@code change} makes of the text, unless that is the same.
     *
     * @return where the old text is kept
     * @throws NotEdited if the file cannot be read or written
     */
    public static Path edit(String file, UnaryOperator<ConfigText> change) {
        WrittenText before = SmallFile.configuration(file, why -> {
                    throw new NotEdited(file + ": " + why);
                })
                .orElseThrow();
        WrittenText after = before.with(change.apply(before.content()));
        after.unreadableLine().ifPresent(line -> {
            throw new NotEdited(file + ":" + line + ": " + WrittenText.NOT_UTF_8);
        });
        try {
            // Of a link the file behind it: the link shall stay one.
            Path real = Path.of(file).toRealPath();
            Path backup = real.resolveSibling(real.getFileName() + ".bak");
            if (!after.equals(before)) {
                replace(backup, before.bytes(), real);
                replace(real, after.bytes(), real);
            }
            return backup;
        } catch (IOException e) {
            throw new NotEdited(
                    file + " cannot be edited: " + e + "; check the permissions of its folder and free space", e);
        }
    }

    private static void replace(Path target, byte[] content, Path model) throws IOException {
        Path fresh = Files.createTempFile(
                target.toAbsolutePath().getParent(),
                target.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(OURS_ALONE));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            likeThe(model, fresh);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void likeThe(Path model, Path fresh) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(model, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(wanted.owner())) {
            view.setOwner(wanted.owner());
        }
        if (!now.group().equals(wanted.group())) {
            view.setGroup(wanted.group());
        }
        view.setPermissions(wanted.permissions());
    }
}
