package io.mha4j.mysql.tls;

import io.mha4j.config.ServerSettings.ClientKey;
import io.mha4j.config.ServerSettings.Tls;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.export.SslMode;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * The driver's own TLS with a key from PEM files, as every other MySQL client takes it; the driver finds this by its name. A
 * file that cannot be used, whatever it is for, is told as a {@link TlsFileException}.
 */
public final class PemTls extends DefaultTlsSocketPlugin {
    private static final String NAME = "mha4j-pem";
    private static final String CERT = "mha4jClientCert";
    private static final String KEY = "mha4jClientKey";

    /** For the driver. */
    public PemTls() {}

    /** Adds to the properties of an encrypted login which files it uses. */
    public static void use(Tls tls, Properties properties) {
        properties.setProperty("tlsSocketType", NAME);
        tls.ca().ifPresent(file -> properties.setProperty("serverSslCert", file));
        tls.client().ifPresent(client -> {
            properties.setProperty(CERT, client.cert());
            properties.setProperty(KEY, client.key());
        });
    }

    @Override
    public String type() {
        return NAME;
    }

    /** Asks no server: whatever fails in there is trouble with a file of ours. */
    @Override
    public TrustManager[] getTrustManager(Configuration conf, ExceptionFactory exceptions, HostAddress host)
            throws SQLException {
        try {
            boolean javas = conf.serverSslCert() == null && conf.sslMode() != SslMode.TRUST;
            return javas ? javas() : super.getTrustManager(conf, exceptions, host);
        } catch (SQLException | GeneralSecurityException e) {
            TlsFileException why = new TlsFileException(clause(Optional.ofNullable(conf.serverSslCert()), e), e);
            throw exceptions.create(why.getMessage(), "08000", why);
        }
    }

    /**
     * The authorities that Java believes. The driver would look at the password too, refuse by that only after the
     * handshake, and compare no names.
     */
    private static TrustManager[] javas() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }

    /** In our words where we find the same fault: the driver names its own option, not the operator's. */
    private static String clause(Optional<String> ca, Exception e) {
        String drivers = Objects.requireNonNullElse(e.getMessage(), "the authorities cannot be read");
        if (ca.isEmpty()) {
            return drivers;
        }
        try {
            PemKeys.certificates("ssl_ca", ca.get());
            return "ssl_ca=" + ca.get() + ": " + drivers;
        } catch (SSLException ours) {
            return Objects.requireNonNullElse(ours.getMessage(), drivers);
        }
    }

    @Override
    public KeyManager[] getKeyManager(Configuration conf, ExceptionFactory exceptions) throws SQLException {
        Properties own = conf.nonMappedOptions();
        if (!own.containsKey(CERT)) {
            return super.getKeyManager(conf, exceptions);
        }
        try {
            return PemKeys.managers(new ClientKey(own.getProperty(CERT, ""), own.getProperty(KEY, "")));
        } catch (SSLException e) {
            TlsFileException why = new TlsFileException(
                    Objects.requireNonNullElse(e.getMessage(), "ssl_cert and ssl_key cannot be used"), e);
            throw exceptions.create(why.getMessage(), "08000", why);
        }
    }
}
