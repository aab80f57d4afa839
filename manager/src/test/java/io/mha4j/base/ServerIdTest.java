package io.mha4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerIdTest {
    @ParameterizedTest(name = "{0}, {1}: {2} is {3}")
    @CsvSource({
        "db1,      10.0.0.1,              10.0.0.1,      true",
        "db1,      10.0.0.1,              10.0.0.2,      false",
        "db1,      10.0.0.1,              db1,           false",
        "10.0.0.1, 10.0.0.1,              10.0.0.2,      false",
        "db1,      2001:db8:0:0:0:0:0:1,  2001:db8::1,   true",
        "db1,      2001:DB8::1,           2001:db8:0::1, true",
        "db1,      2001:db8::2,           2001:db8::1,   false",
        "db1,      2001:db8::1,           2001:db8::x,   false",
        "db1,      10.0.0.1,              10.0.0.300,    false",
        "db1,      db1,                   10.0.0.1,      true",
    })
    void an_address_is_compared_as_what_it_means(String host, String ip, String asked, boolean can) {
        assertThat(new ServerId(0, "server1", host, ip, 3306).canBeAt(asked)).isEqualTo(can);
    }
}
