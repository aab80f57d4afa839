package io.mha4j.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ServerKindTest {
    @Test
    void the_labels_are_those_of_the_command_lines() {
        assertThat(Arrays.stream(ServerKind.values()).map(ServerKind::label))
                .containsExactly("5.5.9", "5.6.24", "5.7.22", "8.0.15", "9.7", "mariadb-10.11", "mariadb-11.4");
        assertThat(ServerKind.named("mariadb-11.4")).contains(ServerKind.MARIADB_11_4);
        assertThat(ServerKind.named("8.0")).isEmpty();
    }

    @Test
    void only_the_oldest_has_no_gtids() {
        assertThat(Arrays.stream(ServerKind.values()).filter(kind -> !kind.knowsGtids()))
                .containsExactly(ServerKind.MYSQL_5_5);
    }
}
