package io.mha4j.lab.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTest {
    @Test
    void a_route_survives_writing_and_reading() {
        Route route = new Route(Optional.of(new Route.Target("127.0.0.11", 3306)), "77.1");
        assertThat(route.text()).isEqualTo("127.0.0.11:3306 77.1\n");
        assertThat(Route.parse(route.text())).contains(route);
    }

    @Test
    void none_leads_nowhere() {
        assertThat(Route.parse("none 5").orElseThrow().target()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "none", "127.0.0.1:3306", "127.0.0.1 7", "127.0.0.1:0 7", "h:70000 7", ":3306 7", "a:1 b c"})
    void half_a_route_is_no_route(String text) {
        assertThat(Route.parse(text)).isEmpty();
    }
}
