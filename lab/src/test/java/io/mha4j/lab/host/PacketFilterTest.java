package io.mha4j.lab.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mha4j.lab.base.LabException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacketFilterTest {
    @Test
    void the_machines_own_network_is_never_touched() {
        PacketFilter filter = PacketFilter.onLoopback("127.0.0.11", Map.of());

        assertThatThrownBy(() -> filter.drop(3306, Direction.BOTH))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("127.0.0.11")
                .hasMessageContaining("MHA4J_LAB_NETNS=1");
        assertThatCode(filter::heal).doesNotThrowAnyException();
    }

    @Test
    void on_loopback_nobody_is_cut_off_alone() {
        PacketFilter filter = PacketFilter.onLoopback("127.0.0.11", Map.of("MHA4J_LAB_NETNS", "1"));

        assertThatThrownBy(() -> filter.dropBetween("127.0.0.1", Direction.BOTH))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("hosts namespaces");
    }
}
