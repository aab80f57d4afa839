package io.mha4j.remote;

import java.io.IOException;

/** Takes bytes as they come in; {@code outputStream::write} is one. */
@FunctionalInterface
public interface ByteSink {
    /**
     * Takes {@code length} bytes, at least 1; the array belongs to the caller again when this returns.
     *
     * @throws IOException to end the transfer, because the bytes could not be stored
     */
    void accept(byte[] bytes, int from, int length) throws IOException;
}
