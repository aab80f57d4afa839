package io.mha4j.mysql.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.config.ServerSettings.ClientKey;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemKeysTest {
    private static final String CERT = path("cert.pem");

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs1.pem", "rsa-pkcs8.pem"})
    void a_key_in_either_form_is_shown_with_its_certificate(String file) throws SSLException {
        X509KeyManager manager = (X509KeyManager) PemKeys.managers(new ClientKey(CERT, path(file)))[0];

        String alias = manager.getClientAliases("RSA", null)[0];
        assertThat(manager.getCertificateChain(alias)[0]
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=a test of mha4j");
        assertThat(manager.getPrivateKey(alias).getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void a_key_of_a_curve_is_read() throws SSLException {
        assertThat(PemKeys.managers(new ClientKey(CERT, path("ec-pkcs8.pem")))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec-sec1.pem", "encrypted.pem", "encrypted-pkcs1.pem"})
    void a_key_in_another_form_is_refused_with_the_command_that_converts_it(String file) {
        assertThatThrownBy(() -> PemKeys.managers(new ClientKey(CERT, path(file))))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("ssl_key=" + path(file))
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt -in " + path(file));
    }

    @Test
    void files_that_are_missing_or_swapped_are_named() {
        assertThatThrownBy(() -> PemKeys.managers(new ClientKey("/nowhere/cert", path("rsa-pkcs8.pem"))))
                .hasMessage("ssl_cert=/nowhere/cert: cannot be read: there is no such file");
        assertThatThrownBy(() -> PemKeys.managers(new ClientKey(path("rsa-pkcs8.pem"), path("rsa-pkcs8.pem"))))
                .hasMessageContaining("holds no certificate in PEM form");
    }

    @Test
    void a_damaged_key_is_named(@TempDir Path folder) throws IOException {
        Path key = Files.writeString(
                folder.resolve("key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> PemKeys.managers(new ClientKey(CERT, key.toString())))
                .hasMessageStartingWith("ssl_key=" + key + ": is no key of RSA, EC or Ed25519, or is damaged");
    }

    private static String path(String file) {
        URL url = Objects.requireNonNull(PemKeysTest.class.getResource(file), file);
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
