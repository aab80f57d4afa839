package io.mha4j.mysql.line;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/** Made by the driver, by name; gives it the socket of the line that came with the login's properties. */
public final class LineFactory extends ConfigurableSocketFactory {
    /** Name of the property; the driver hands on what it does not know. */
    static final String LINE = "mha4jLine";

    private @Nullable Line line;

    @Override
    public void setConfiguration(Configuration conf, String host) {
        line = (Line) conf.nonMappedOptions().get(LINE);
    }

    /** Not connected yet. */
    @Override
    public Socket createSocket() throws IOException {
        if (line == null) {
            throw new IOException("the driver did not hand on the line");
        }
        return line.newSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw otherwise();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw otherwise();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw otherwise();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw otherwise();
    }

    private static UnknownHostException otherwise() {
        return new UnknownHostException("the driver connects its sockets itself");
    }
}
