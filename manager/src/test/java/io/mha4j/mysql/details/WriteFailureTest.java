package io.mha4j.mysql.details;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WriteFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1290 | The MySQL server is running with the --read-only option so it cannot execute this statement"
                        + " | read_only was set",
                "1290 | The MySQL server is running with the --super-read-only option so it cannot execute this statement"
                        + " | super_read_only was set",
                "1290 | The MariaDB server is running with the --read-only option so it cannot execute this statement"
                        + " | read_only was set",
                "1836 | Running in read-only mode | the server runs in read-only mode",
                "1021 | Disk full (/tmp/x); waiting for someone to free some space... | a disk is full",
                "1030 | Got error 28 from storage engine | a disk is full",
                "1030 | Got error 30 - 'Read-only file system' from storage engine | a file system is read-only",
                "3 | Error writing file '/var/lib/mysql/bin.000001' (Errcode: 28 - No space left on device) | a disk is full",
                "1026 | Error writing file 'bin.000001' (errno: 30) | a file system is read-only",
                "1114 | The table 'chk_masterha' is full | the table, or the disk that it is on, is full"
            })
    void a_refused_write_is_named(int code, String text, String name) {
        assertThat(WriteFailure.words(code, text)).isEqualTo(name + ": " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1290 | The MySQL server is running with the --secure-file-priv option so it cannot execute this statement",
                "1030 | Got error 280 from storage engine",
                "1205 | Lock wait timeout exceeded; try restarting transaction"
            })
    void of_what_is_not_known_the_servers_words_are_told(int code, String text) {
        assertThat(WriteFailure.words(code, text)).isEqualTo(text);
    }
}
