package io.mha4j.execution.fence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against what Linux prints in {@code /proc/net/tcp} and {@code tcp6} on a processor that puts the low byte first. */
final class ListenAddressTest {
    private static final String EVERY = "00000000\\|00000000000000000000000000000000";

    @Test
    void an_address_is_looked_for_as_it_is_and_inside_ipv6() {
        assertThat(ListenAddress.pattern("127.0.0.11"))
                .startsWith(EVERY)
                .contains("0B00007F", "7F00000B", "0000000000000000FFFF00000B00007F");
    }

    @Test
    void an_ipv6_address_is_turned_by_groups_of_four_bytes() {
        assertThat(ListenAddress.pattern("::1")).startsWith(EVERY).endsWith("00000000000000000000000001000000");
    }

    @Test
    void a_name_is_no_address() {
        assertThat(ListenAddress.pattern("db1.example.com")).isEqualTo(EVERY);
        assertThat(ListenAddress.pattern("cafe")).isEqualTo(EVERY);
    }
}
