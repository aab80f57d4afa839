package io.mha4j.mysql.tls;

import io.mha4j.config.ServerSettings.ClientKey;
import java.sql.SQLException;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLException;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/** The driver's own TLS with a key from PEM files, as every other MySQL client takes it; the driver finds this by its name. */
public final class PemClientKey extends DefaultTlsSocketPlugin {
    private static final String NAME = "mha4j-pem";
    private static final String CERT = "mha4jClientCert";
    private static final String KEY = "mha4jClientKey";

    /** For the driver. */
    public PemClientKey() {}

    /** Adds to the properties of a login that it shows this certificate. */
    public static void use(ClientKey client, Properties properties) {
        properties.setProperty("tlsSocketType", NAME);
        properties.setProperty(CERT, client.cert());
        properties.setProperty(KEY, client.key());
    }

    @Override
    public String type() {
        return NAME;
    }

    /** A key that cannot be used is no sign of a dead server, so it fails as TLS does. */
    @Override
    public KeyManager[] getKeyManager(Configuration conf, ExceptionFactory exceptions) throws SQLException {
        Properties own = conf.nonMappedOptions();
        ClientKey client = new ClientKey(own.getProperty(CERT, ""), own.getProperty(KEY, ""));
        try {
            return PemKeys.managers(client);
        } catch (SSLException e) {
            throw exceptions.create(e.getMessage(), "08000", e);
        }
    }
}
