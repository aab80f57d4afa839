package io.mha4j.mysql.tls;

import java.io.Serial;
import javax.net.ssl.SSLException;

/**
 * A file of this host that TLS needs cannot be used. It says nothing about the server, whatever its causes look like; that
 * has greeted, or nobody would have wanted the file.
 */
public final class TlsFileException extends SSLException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** @param clause names the parameter, the file and what is wrong with it */
    TlsFileException(String clause, Throwable cause) {
        super(clause, cause);
    }
}
