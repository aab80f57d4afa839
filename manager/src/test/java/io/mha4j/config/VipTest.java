package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VipTest {
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.9/24", "192.168.255.1/32", "fd00:6::11/64", "::1/128"})
    void an_address_with_its_prefix_is_taken_as_written(String text) {
        assertThat(Vip.of(text)).hasToString("Optional[" + text + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.9",
                "10.0.0.9/33",
                "10.0.0.256/24",
                "10.0.0/24",
                "fd00::1/129",
                "db.example.com/24",
                "1/8"
            })
    void anything_else_is_refused(String text) {
        assertThat(Vip.of(text)).isEmpty();
    }
}
