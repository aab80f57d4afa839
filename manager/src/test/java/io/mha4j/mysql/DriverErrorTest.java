package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.mysql.MysqlException.Kind;
import java.io.EOFException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DriverErrorTest {
    private static SQLException connectFailure(Throwable cause) {
        return new SQLException("Could not connect", "08000", cause);
    }

    private static SSLHandshakeException handshake(Throwable cause) {
        SSLHandshakeException failure = new SSLHandshakeException("handshake failed");
        failure.initCause(cause);
        return failure;
    }

    @Test
    void aServerWhoseCertificateIsNotBelievedRefusesButLives() {
        DriverError error =
                DriverError.ofConnect(connectFailure(handshake(new CertificateException("no path to an authority"))));

        assertThat(error.kind()).isEqualTo(Kind.REFUSING);
        assertThat(error.text()).isEqualTo("no TLS: no path to an authority");
    }

    @ParameterizedTest
    @ValueSource(ints = {1040, 1045, 1135, 1862, 3118, 3159, 3955, 4151})
    void aServerThatAnswersWithAnErrorLives(int number) {
        DriverError error = DriverError.ofConnect(connectFailure(new SQLException("(conn=7) No.", "HY000", number)));

        assertThat(error.kind()).isEqualTo(Kind.REFUSING);
        assertThat(error.text()).isEqualTo("No.");
    }

    @Test
    void aServerThatShutsDownIsGone() {
        DriverError error = DriverError.ofConnect(connectFailure(new SQLException("Shutdown", "08S01", 1053)));

        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aHandshakeThatBreaksOffIsNoSignOfLife() {
        DriverError error = DriverError.ofConnect(connectFailure(handshake(new EOFException("closed"))));

        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    }
}
