package io.mha4j.archive.node;

import io.mha4j.archive.ArchiveException;
import io.mha4j.archive.place.Fetch;
import io.mha4j.archive.place.LogFiles;
import io.mha4j.base.Deadline;
import io.mha4j.base.Sleeper;
import io.mha4j.binlog.Damage;
import io.mha4j.binlog.Event;
import io.mha4j.binlog.EventScanner;
import io.mha4j.binlog.EventType;
import io.mha4j.binlog.FormatDescription;
import io.mha4j.binlog.TransactionReader;
import io.mha4j.remote.FileRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Joins everything from a place in a log to the end of its last file into one file, as MHA 0.58 does with {@code
 * handle_raw_binlog=1}: the head of the first file, then events. Unlike there, every event is verified, one that was not
 * written to its end is left out, the start must be a boundary, and a later file's format description is kept where it
 * differs, because the events behind it could not be read otherwise. Whole events of an unfinished transaction stay: the
 * next file may finish it, unless the source began that when it was started again. A file that ends before its own format
 * description does holds nothing.
 */
public final class LogConcat {
    private final LogFiles logs;
    private final Deadline deadline;
    private final Fetch fetch;
    private final Consumer<String> say;

    /** @param say takes the lines that MHA prints */
    public LogConcat(LogFiles logs, Sleeper sleeper, Deadline deadline, Consumer<String> say) {
        this.logs = logs;
        this.deadline = deadline;
        this.say = say;
        fetch = new Fetch(logs.host(), sleeper, deadline);
    }

    /**
     * Writes {@code out} anew, for its owner alone.
     *
     * @return whether there is anything in it besides the head of the first file
     * @throws ArchiveException if the start is no boundary, an event in a relay log or in a file that is not the last is
     *     damaged, the first that is wanted is, events are encrypted, or the output cannot be written
     */
    public boolean concat(String startFile, long startOffset, Path out) {
        List<String> files = logs.unbroken(startFile, deadline);
        String last = files.get(files.size() - 1);
        say.accept(" Concat binary/relay logs from " + startFile + " pos " + startOffset + " to " + last + " EOF into "
                + out + " ..");
        try {
            Files.deleteIfExists(out);
            try (FileChannel channel = FileChannel.open(
                    out,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                return new Output(channel, last).all(files, startOffset, out);
            }
        } catch (IOException e) {
            throw new ArchiveException(out + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** One joined file while it grows. */
    private final class Output {
        private final FileChannel channel;
        private final String last;
        private TransactionReader transactions = new TransactionReader();
        /** Whether a replica wrote the files; its server lives, so that no crash explains what is damaged there. */
        private boolean relayed;
        /** How many events were copied besides those about the log itself. */
        private long copied;
        /** Where the last whole transaction ends in this file. */
        private long wholeEnd;

        Output(FileChannel channel, String last) {
            this.channel = channel;
            this.last = last;
        }

        boolean all(List<String> files, long startOffset, Path out) throws IOException {
            String first = files.get(0);
            HeadSection head = HeadSection.read(fetch, logs.path(first));
            if (!head.whole()) {
                return behindEmpty(files, out);
            }
            formatOf(first, head);
            relayed |= head.isOfRelayLog();
            append(first, 0, head.end());
            say.accept("  Dumping binlog format description event, from position 0 to " + head.end() + ".. ok.");
            FormatDescription format = tail(first, head, Math.max(startOffset, head.end()));
            for (String file : files.subList(1, files.size())) {
                head = HeadSection.read(fetch, logs.path(file));
                if (!head.whole()) {
                    tellEmpty(file);
                    continue;
                }
                relayed |= head.isOfRelayLog();
                boolean alike = format.isAlike(formatOf(file, head));
                if (transactions.open() && head.isOfStart(relayed)) {
                    leaveOutUnfinished(file);
                }
                for (Event event : head.events()) {
                    if (event.type() == EventType.ROTATE || (event.type() == EventType.FORMAT_DESCRIPTION && !alike)) {
                        append(file, event.offset(), event.header().length());
                    }
                }
                say.accept("  Dumping binlog head events (rotate events), skipping format description events from "
                        + logs.path(file) + ".. dumped up to pos " + head.end() + ". ok.");
                format = tail(file, head, head.end());
            }
            channel.force(true);
            boolean any = channel.position()
                    > HeadSection.read(fetch, logs.path(first)).end();
            say.accept(any ? " Concat succeeded." : " " + out + " has no effective data events.");
            return any;
        }

        private boolean behindEmpty(List<String> files, Path out) throws IOException {
            tellEmpty(files.get(0));
            if (files.size() == 1) {
                return false;
            }
            return all(files.subList(1, files.size()), 0, out);
        }

        /** Answers the format in force behind it. */
        private FormatDescription tail(String file, HeadSection head, long start) throws IOException {
            long size = logs.size(file, deadline);
            FormatDescription format = formatOf(file, head);
            if (start >= size) {
                say.accept("  No need to dump effective binlog data from " + logs.path(file) + " (pos starts " + start
                        + ", filesize " + size + "). Skipping.");
                return format;
            }
            long before = channel.position();
            wholeEnd = transactions.open() ? wholeEnd : before;
            boolean[] boundary = {start == head.end()};
            EventScanner scanner = EventScanner.within(head.end(), format, event -> {
                boundary[0] |= event.endOffset() == start;
                if (event.offset() >= start) {
                    follow(event, before - start);
                }
            });
            long[] at = {head.end()};
            fetch.from(logs.path(file), head.end(), (bytes, from, length) -> {
                scanner.accept(bytes, from, length);
                int skipped = (int) Math.max(0, Math.min(length, start - at[0]));
                write(bytes, from + skipped, length - skipped);
                at[0] += length;
            });
            scanner.damage().filter(damage -> damage.offset() < start).ifPresent(damage -> {
                throw damaged(file, damage);
            });
            if (!boundary[0]) {
                throw new ArchiveException("no event of " + logs.path(file) + " begins at " + start
                        + "; the position belongs to another log");
            }
            channel.truncate(before + scanner.offset() - start);
            channel.position(before + scanner.offset() - start);
            say.accept("  Dumping effective binlog data from " + logs.path(file) + " position " + start + " to tail("
                    + size + ").. ok.");
            tellRest(file, scanner);
            return scanner.format().orElse(format);
        }

        private void follow(Event event, long shift) {
            copied += event.type() == EventType.ROTATE || event.type() == EventType.STOP ? 0 : 1;
            transactions.accept(event);
            if (!transactions.open()) {
                wholeEnd = event.endOffset() + shift;
            }
        }

        /** What began the file has rolled it back, and replicas do the same there. */
        private void leaveOutUnfinished(String file) throws IOException {
            say.accept("  Left out an unfinished transaction of " + (channel.position() - wholeEnd) + " bytes before "
                    + file + ": its server was started again there.");
            channel.truncate(wholeEnd);
            channel.position(wholeEnd);
            transactions = new TransactionReader();
        }

        private void tellEmpty(String file) {
            say.accept("  " + file + " has no whole format description; it holds nothing.");
        }

        /** Nothing copied must not look like nothing there: only zeros are nothing. */
        private void tellRest(String file, EventScanner scanner) {
            if (scanner.torn() > 0) {
                say.accept("  Left out a torn event of " + scanner.torn() + " bytes at the end of " + file + ".");
            }
            scanner.damage().ifPresent(damage -> {
                boolean allLost = copied == 0 && damage.kind() != Damage.Kind.ZEROS;
                if (relayed || !file.equals(last) || allLost || damage.kind() == Damage.Kind.ENCRYPTED) {
                    throw damaged(file, damage);
                }
                say.accept("  Left out everything from " + damage + " in " + file + ".");
            });
        }

        private ArchiveException damaged(String file, Damage damage) {
            return new ArchiveException(logs.path(file) + " is damaged at " + damage);
        }

        private void append(String file, long offset, long length) throws IOException {
            fetch.range(FileRange.of(logs.path(file), offset, length), this::write);
        }

        private void write(byte[] bytes, int from, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }

    private FormatDescription formatOf(String file, HeadSection head) {
        return head.format()
                .orElseThrow(() -> new ArchiveException(
                        logs.path(file) + " does not begin as a binary log does, or is encrypted"));
    }
}
