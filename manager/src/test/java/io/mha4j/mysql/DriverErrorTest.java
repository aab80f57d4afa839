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
    void aBranchThatAnEngineFailsToCommitLacksNoPrivilege() {
        SQLException rmerr = new SQLException("XAER_RMERR: Fatal error occurred", "XAE03", 1401);

        assertThat(DriverError.ofStatement(rmerr, Sql.of("XA COMMIT 'x'"), "mha")
                        .kind())
                .isEqualTo(Kind.STATEMENT);
    }

    @Test
    void aServerThatShutsDownIsGone() {
        DriverError error = DriverError.ofConnect(connectFailure(new SQLException("Shutdown", "08S01", 1053)));

        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    /** In the words of mariadb-java-client 3.5, which has no number or cause for them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cannot use authentication plugin dialog with a Self signed certificates.",
                "unexpected data during authentication (header=1)",
                "Too many authentication switch requests (maximum 10) during authentication phase with a:3306"
            })
    void aServerThatTheDriverDoesNotLikeLives(String words) {
        DriverError error = DriverError.ofConnect(new SQLException(words, "08000"));

        assertThat(error.kind()).isEqualTo(Kind.REFUSING);
        assertThat(error.text()).isEqualTo(words);
    }

    @Test
    void aServerThatTakesTooLongToLetUsInDoesNotAnswer() {
        DriverError error = DriverError.ofConnect(new SQLException(
                "Connection timeout: connectTimeout (3000ms) reached during authentication phase with a:3306",
                "08000"));

        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aConnectionThatEndsDuringTheLoginIsNoSignOfLife() {
        DriverError error = DriverError.ofConnect(connectFailure(new EOFException("unexpected end of stream")));

        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aHandshakeThatBreaksOffIsNoSignOfLife() {
        DriverError error = DriverError.ofConnect(connectFailure(handshake(new EOFException("closed"))));

        assertThat(error.kind()).isEqualTo(Kind.UNREACHABLE);
    }
}
