package io.mha4j.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The archives in a directory.
 *
 * @param directory {@code manager_workdir}
 */
public record ArchiveStore(Path directory) {
    /** Names of the archives that have a description, newest first. */
    public List<ArchiveName> names() {
        return listed(ArchiveName::of, ArchiveStore::newestFirst);
    }

    /** Of each file what {@code reading} makes of it, if anything. */
    <T> List<T> listed(Function<Path, Optional<T>> reading, Comparator<T> order) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.flatMap(f -> reading.apply(f).stream()).sorted(order).toList();
        } catch (IOException e) {
            throw PieceReader.notRead(directory, e);
        } catch (UncheckedIOException e) {
            // The file system failed when a part of the directory was read.
            throw PieceReader.notRead(directory, Objects.requireNonNull(e.getCause()));
        }
    }

    /** Written out: a failover reads the names while nobody can write, and chained comparators take milliseconds to be made. */
    private static int newestFirst(ArchiveName a, ArchiveName b) {
        int times = b.time().compareTo(a.time());
        int hosts = times != 0 ? times : a.host().compareTo(b.host());
        return hosts != 0 ? hosts : Integer.compare(a.port(), b.port());
    }

    /** The archives that can be read, newest first. */
    public List<Archive> readable() {
        List<Archive> found = new ArrayList<>();
        for (ArchiveName name : names()) {
            try {
                found.add(Archive.read(name.description()));
            } catch (ArchiveException e) {
                // Listed by its name only; whoever reads it is told what is wrong.
            }
        }
        return found;
    }

    /** What was noted beside an archive about somebody; it may outlast the archive. */
    public record Note(ArchiveName archive, String about, Path file) {
        /** Nothing if it was crossed out meanwhile. */
        public Optional<String> text() {
            return new NoteFile(file).text();
        }

        /** It is over; that is on disk when this returns. */
        public void crossOut() {
            new NoteFile(file).crossOut();
        }
    }

    /** All notes, those beside the newest archive first; none where there is no such directory. */
    public List<Note> notes() {
        if (!Files.exists(directory)) {
            return List.of();
        }
        return listed(NoteFile::read, ArchiveStore::byArchive);
    }

    private static int byArchive(Note a, Note b) {
        int archives = newestFirst(a.archive(), b.archive());
        return archives != 0 ? archives : a.about().compareTo(b.about());
    }

    /** Names of those that are gone but for their notes, newest first. */
    public List<ArchiveName> outlasted() {
        return notes().stream()
                .map(Note::archive)
                .distinct()
                .filter(name -> !Files.exists(name.description()))
                .toList();
    }

    /** Removes an archive and its notes, its description first, so that what is left is never taken for one. */
    public void delete(ArchiveName name) {
        deleteSaved(name);
        NoteFile.crossOutAll(name.description());
    }

    private static void deleteSaved(ArchiveName name) {
        try {
            Files.deleteIfExists(name.description());
            int number = 1;
            while (Files.deleteIfExists(name.piece(number))) {
                number++;
            }
        } catch (IOException e) {
            throw new ArchiveException(name.description() + ": cannot be deleted: " + IoFailure.text(e), e);
        }
    }

    /**
     * Removes an application's archives that are older than {@code retention}. Its newest stays, however old, and so does
     * what cannot be read, since its age and its application are not known. Notes stay: what a server was given it has,
     * however long ago that was.
     *
     * @return what was removed
     */
    public List<Archive> expire(String app, Duration retention, Instant now) {
        List<Archive> old = readable().stream()
                .filter(archive -> archive.app().equals(app))
                .skip(1)
                .filter(archive -> archive.takenAt().isBefore(now.minus(retention)))
                .toList();
        old.forEach(archive -> deleteSaved(ArchiveName.of(archive.description()).orElseThrow()));
        return old;
    }

    /** A note beside an archive, by its file: the description's name, what it is about, and {@code .note}. */
    record NoteFile(Path file) {
        private static final String ENDING = ".note";
        private static final Pattern FORM = Pattern.compile("(.+?_\\d{1,5}_\\d{14}\\.json)\\.(.+)\\" + ENDING);

        /** @param about letters, digits, dots and the like */
        static NoteFile of(Path description, String about) {
            return new NoteFile(description.resolveSibling(description.getFileName() + "." + about + ENDING));
        }

        /** The note that has this file name; nothing if it is none. */
        static Optional<ArchiveStore.Note> read(Path file) {
            Matcher m = FORM.matcher(file.getFileName().toString());
            return m.matches()
                    ? ArchiveName.of(file.resolveSibling(m.group(1)))
                            .map(archive -> new ArchiveStore.Note(archive, m.group(2), file))
                    : Optional.empty();
        }

        /** Nothing if there is none. */
        Optional<String> text() {
            try {
                return Optional.of(PrivateFile.read(file));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            } catch (IOException e) {
                throw new ArchiveException(file + ": cannot be read: " + IoFailure.text(e), e);
            }
        }

        /** In place of what stood there; it is on disk when this returns. */
        void write(String text) {
            try {
                PrivateFile.replace(file, text);
            } catch (IOException e) {
                throw new ArchiveException(file + ": cannot be written: " + IoFailure.text(e), e);
            }
        }

        /** It is over; that is on disk when this returns. */
        void crossOut() {
            try {
                if (Files.deleteIfExists(file)) {
                    PrivateFile.flushNames(file.toAbsolutePath().resolveSibling(""));
                }
            } catch (IOException e) {
                throw new ArchiveException(file + ": cannot be deleted: " + IoFailure.text(e), e);
            }
        }

        /** Crosses out all that stand beside an archive. */
        static void crossOutAll(Path description) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(
                    description.toAbsolutePath().resolveSibling(""), description.getFileName() + ".*" + ENDING)) {
                for (Path file : files) {
                    new NoteFile(file).crossOut();
                }
            } catch (IOException e) {
                throw new ArchiveException(description + ": its notes cannot be deleted: " + IoFailure.text(e), e);
            }
        }
    }
}
