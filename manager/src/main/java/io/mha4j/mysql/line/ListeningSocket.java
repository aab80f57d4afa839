package io.mha4j.mysql.line;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A socket that can be asked whether anything has come, without taking it away from who reads next. */
final class ListeningSocket extends Socket {
    private @Nullable PushbackInputStream in;
    private volatile boolean heard;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
        if (in == null) {
            in = new PushbackInputStream(new Heard(super.getInputStream()));
        }
        return in;
    }

    /** Whether anything has ever come. */
    boolean hasHeard() {
        return heard;
    }

    /** Whether a byte, or the end of the connection, has come within {@code limit}. */
    boolean hasNews(Duration limit) {
        try {
            int before = getSoTimeout();
            setSoTimeout((int) Math.max(1, limit.toMillis()));
            try {
                return next();
            } finally {
                setSoTimeout(before);
            }
        } catch (IOException e) {
            // Whoever asks next meets the same failure and tells it.
            return true;
        }
    }

    private boolean next() throws IOException {
        PushbackInputStream stream = (PushbackInputStream) getInputStream();
        try {
            int got = stream.read();
            if (got >= 0) {
                stream.unread(got);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private final class Heard extends FilterInputStream {
        Heard(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int got = super.read();
            heard |= got >= 0;
            return got;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = super.read(into, offset, length);
            heard |= got > 0;
            return got;
        }
    }
}
