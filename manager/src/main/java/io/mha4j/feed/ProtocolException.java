package io.mha4j.feed;

import java.io.IOException;

/** A client did not keep to the protocol, or was turned away; ends its connection. The message is for the operator. */
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
        super(message);
    }
}
