package io.mha4j.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ServerIdentityTest {
    @Test
    void uuids_decide_where_both_have_one() {
        ServerIdentity one = new ServerIdentity(1, Optional.of("AAAA-1"));
        assertThat(one.sameServerAs(new ServerIdentity(2, Optional.of("aaaa-1"))))
                .isTrue();
        assertThat(one.sameServerAs(new ServerIdentity(1, Optional.of("aaaa-2"))))
                .isFalse();
    }

    @Test
    void ids_decide_where_one_has_no_uuid() {
        ServerIdentity one = new ServerIdentity(1, Optional.of("aaaa-1"));
        assertThat(one.sameServerAs(new ServerIdentity(1, Optional.empty()))).isTrue();
        assertThat(one.sameServerAs(new ServerIdentity(2, Optional.empty()))).isFalse();
    }

    @Test
    void nobody_known_is_nobody() {
        assertThat(ServerIdentity.UNKNOWN.sameServerAs(ServerIdentity.UNKNOWN)).isFalse();
        assertThat(new ServerIdentity(0, Optional.of(" "))).isEqualTo(ServerIdentity.UNKNOWN);
    }
}
