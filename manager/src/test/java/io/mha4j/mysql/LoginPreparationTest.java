package io.mha4j.mysql;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class LoginPreparationTest {
    @Test
    void the_driver_is_loaded_without_any_server() {
        assertThatCode(Sweep::prepare).doesNotThrowAnyException();
    }
}
