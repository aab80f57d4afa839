package io.mha4j.lab.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.lab.server.ServerKind;
import org.junit.jupiter.api.Test;

class TreeSpecTest {
    @Test
    void a_star_follows_by_gtid_where_the_server_has_them() {
        assertThat(TreeSpec.star(ServerKind.MYSQL_8_0, 2).gtid()).isTrue();
        assertThat(TreeSpec.star(ServerKind.MYSQL_5_5, 2).gtid()).isFalse();
    }

    @Test
    void gtids_are_refused_where_there_are_none() {
        assertThatThrownBy(() -> TreeSpec.star(ServerKind.MYSQL_5_5, 2).withGtid(true))
                .hasMessageContaining("5.5.9")
                .hasMessageContaining("--gtid=off");
    }

    @Test
    void a_second_tier_needs_two_replicas() {
        assertThatThrownBy(() -> TreeSpec.star(ServerKind.MYSQL_8_0, 1).withShape(TreeSpec.Shape.TIER))
                .hasMessageContaining("TIER");
    }
}
