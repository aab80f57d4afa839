package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mha4j.config.ServerSettings.ClientKey;
import io.mha4j.config.ServerSettings.Tls;
import io.mha4j.config.ServerSettings.TlsMode;
import io.mha4j.mysql.MysqlException.Kind;
import io.mha4j.mysql.tls.PemTls;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;

/** Files of the manager's host that TLS needs and cannot have: the server is not to blame. */
class TlsFilesTest {
    private static final HostAddress SOMEWHERE = HostAddress.from("127.0.0.1", 3306);

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"missing", "folder", "leads-nowhere", "damaged", "garbage"})
    void an_authority_that_cannot_be_read_is_no_death(String fault) throws SQLException, IOException {
        Path file = faulty(fault);
        Configuration login =
                login(new Tls(TlsMode.VERIFY_CA, Optional.of(file.toString()), Optional.empty()), "verify-ca");

        DriverError error = DriverError.ofConnect(catchThrowableOfType(SQLException.class, () -> new PemTls()
                .getTrustManager(login, new ExceptionFactory(login, SOMEWHERE), SOMEWHERE)));

        assertThat(error.kind()).isEqualTo(Kind.REFUSING);
        assertThat(error.text()).startsWith("no TLS: ssl_ca=" + file + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "folder", "leads-nowhere", "damaged", "garbage"})
    void a_certificate_that_cannot_be_read_is_no_death(String fault)
            throws SQLException, IOException, URISyntaxException {
        Path file = faulty(fault);

        DriverError error = shown(new ClientKey(file.toString(), resource("rsa-pkcs8.pem")));

        assertThat(error.kind()).isEqualTo(Kind.REFUSING);
        assertThat(error.text()).startsWith("no TLS: ssl_cert=" + file + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "folder", "leads-nowhere", "garbage"})
    void a_key_that_cannot_be_read_is_no_death(String fault) throws SQLException, IOException, URISyntaxException {
        Path file = faulty(fault);

        DriverError error = shown(new ClientKey(resource("cert.pem"), file.toString()));

        assertThat(error.kind()).isEqualTo(Kind.REFUSING);
        assertThat(error.text()).startsWith("no TLS: ssl_key=" + file + ": ");
    }

    private static DriverError shown(ClientKey client) throws SQLException {
        Configuration login = login(new Tls(TlsMode.TRUST, Optional.empty(), Optional.of(client)), "trust");
        return DriverError.ofConnect(catchThrowableOfType(
                SQLException.class, () -> new PemTls().getKeyManager(login, new ExceptionFactory(login, SOMEWHERE))));
    }

    private static String resource(String file) throws URISyntaxException {
        URL url = Objects.requireNonNull(PemTls.class.getResource(file), file);
        return Path.of(url.toURI()).toString();
    }

    @Test
    void what_is_wrong_is_said_in_words() throws SQLException {
        Configuration login =
                login(new Tls(TlsMode.VERIFY, Optional.of("/nowhere/ca"), Optional.empty()), "verify-full");

        assertThat(DriverError.ofConnect(catchThrowableOfType(SQLException.class, () -> new PemTls()
                                .getTrustManager(login, new ExceptionFactory(login, SOMEWHERE), SOMEWHERE)))
                        .text())
                .isEqualTo("no TLS: ssl_ca=/nowhere/ca: cannot be read: there is no such file");
    }

    @ParameterizedTest
    @CsvSource({"VERIFY_CA, verify-ca", "VERIFY, verify-full"})
    void without_ssl_ca_nobody_is_believed_whom_java_does_not_believe(TlsMode mode, String word)
            throws SQLException, IOException, URISyntaxException, CertificateException {
        Configuration login = login(new Tls(mode, Optional.empty(), Optional.empty()), word);
        X509Certificate stranger;
        try (InputStream file = Files.newInputStream(Path.of(resource("cert.pem")))) {
            stranger = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }

        TrustManager[] judges = new PemTls().getTrustManager(login, new ExceptionFactory(login, SOMEWHERE), SOMEWHERE);

        assertThat(judges).singleElement().isInstanceOfSatisfying(X509TrustManager.class, judge -> assertThatThrownBy(
                        () -> judge.checkServerTrusted(new X509Certificate[] {stranger}, "RSA"))
                .isInstanceOf(CertificateException.class));
    }

    private Path faulty(String fault) throws IOException {
        Path file = folder.resolve("file.pem");
        return switch (fault) {
            case "missing" -> file;
            case "folder" -> Files.createDirectory(file);
            case "leads-nowhere" -> Files.createSymbolicLink(file, folder.resolve("nowhere"));
            case "damaged" -> Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
            default -> Files.writeString(file, "no certificate at all\n");
        };
    }

    private static Configuration login(Tls tls, String mode) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("sslMode", mode);
        PemTls.use(tls, properties);
        return Configuration.parse("jdbc:mariadb://address=(host=127.0.0.1)(port=1)/", properties);
    }
}
