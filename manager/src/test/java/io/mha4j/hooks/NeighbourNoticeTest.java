package io.mha4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.Vip;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host needs to know of an address to tell its neighbours; what it does with it is seen on real interfaces. */
final class NeighbourNoticeTest {
    @Test
    void an_address_is_told_by_its_bytes() {
        assertThat(NeighbourNotice.arguments(new Vip("10.77.0.9", 24))).isEqualTo(List.of("0a4d0009", "0"));
    }

    /** By hand: ff02 + 1 + 20 + 3a + 8800 + 2000 + 0201 (hex) are 1a95e, and twice fd77 + 9 are 1fb00. */
    @Test
    void of_ipv6_the_checksum_is_begun() {
        assertThat(NeighbourNotice.arguments(new Vip("fd77::9", 64)))
                .isEqualTo(List.of("fd770000000000000000000000000009", Integer.toString(0x1a95e + 0x1fb00)));
    }

    @Test
    void what_is_no_address_after_all_is_left_to_ip() {
        assertThat(NeighbourNotice.arguments(new Vip("1:2:3", 64))).isEqualTo(List.of("", "0"));
        assertThat(NeighbourNotice.arguments(new Vip("::ffff:10.0.0.1", 96))).isEqualTo(List.of("", "0"));
    }
}
