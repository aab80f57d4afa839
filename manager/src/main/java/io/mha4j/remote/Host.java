package io.mha4j.remote;

import io.mha4j.base.Deadline;
import java.util.List;

/**
 * A machine whose programs and files can be used: this one or one behind SSH. Every call comes back by its deadline and
 * throws {@link io.mha4j.base.CommandException} when the host, the program or the file did not do as told; the message
 * names the host and a way out. Thread-safe.
 */
public interface Host extends CommandRunner, AutoCloseable {
    /** How messages call it, for example {@code root@10.0.0.5:22}. */
    String name();

    /**
     * Streams a range of a file into {@code sink}, on the calling thread.
     *
     * @return bytes handed over: fewer than the range's length when the file ends before
     * @throws io.mha4j.base.CommandException if the file is missing, unreadable or a directory, the host is lost on the
     *     way or gives no byte for long, the sink fails, or the deadline passes; the sink may have got bytes by then
     */
    long readFile(FileRange range, ByteSink sink, Deadline deadline);

    /**
     * Names of everything in a directory, hidden ones too, sorted.
     *
     * @throws io.mha4j.base.CommandException if there is no such directory or it cannot be read
     */
    List<String> listDirectory(String path, Deadline deadline);

    /**
     * Size of a file in bytes, links followed.
     *
     * @throws io.mha4j.base.CommandException if there is no such file
     */
    long fileSize(String path, Deadline deadline);

    /**
     * Makes a port of {@code 127.0.0.1} there, chosen by that host, lead to {@code localPort} of {@code 127.0.0.1} here,
     * until the answer is closed. Many may be open at a time, also to the same port.
     *
     * @throws io.mha4j.base.CommandException if the host is not reached by the deadline or forbids it
     */
    PortForward forwardToHere(int localPort, Deadline deadline);

    /**
     * Finds out whether that host lets a port lead to here, at less cost than opening one for use; none stays open.
     *
     * @throws io.mha4j.base.CommandException if the host is not reached by the deadline or forbids it
     */
    void tryForwardToHere(Deadline deadline);

    /** Gives connections back; open forwards stay; a later call opens them again. */
    @Override
    void close();
}
