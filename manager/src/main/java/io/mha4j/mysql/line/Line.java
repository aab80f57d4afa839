package io.mha4j.mysql.line;

import io.mha4j.base.Deadline;
import io.mha4j.base.InterruptedWork;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The way to a server below one login. For the thread that uses the login, between two questions, unless said otherwise. */
public final class Line {
    /** A blocked read does not notice that its thread is told to end. */
    private static final Duration SLICE = Duration.ofMillis(100);

    private volatile @Nullable ListeningSocket socket;

    /** Makes the driver use a socket that this line knows; the last one counts, if it tries several. */
    public void use(Properties properties) {
        properties.setProperty("socketFactory", LineFactory.class.getName());
        properties.put(LineFactory.LINE, this);
    }

    ListeningSocket newSocket() {
        ListeningSocket made = new ListeningSocket();
        socket = made;
        return made;
    }

    /** Ends the connection, whatever it is waiting for; from any thread. Never throws. */
    public void cut() {
        ListeningSocket used = socket;
        if (used != null) {
            try {
                used.close();
            } catch (IOException e) {
                // It is of no use any more, closed or not.
            }
        }
    }

    /** Whether the server has said anything over it; from any thread. */
    public boolean hasHeard() {
        ListeningSocket used = socket;
        return used != null && used.hasHeard();
    }

    /**
     * Listens until the server sends something that nobody asked for, or ends the connection. What it sends stays to be
     * read. Answers false when neither has happened by the deadline.
     *
     * @throws InterruptedWork if the thread is told to end
     */
    public boolean awaitNews(Deadline deadline) {
        ListeningSocket listening = socket;
        while (listening != null && !deadline.isOver()) {
            if (Thread.currentThread().isInterrupted()) {
                throw InterruptedWork.during("listening", new InterruptedException());
            }
            if (listening.hasNews(deadline.atMost(SLICE).remaining())) {
                return true;
            }
        }
        return false;
    }
}
