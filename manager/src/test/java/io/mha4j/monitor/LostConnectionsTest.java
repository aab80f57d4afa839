package io.mha4j.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.mysql.ServerSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LostConnectionsTest {
    private static final ServerId ONE = new ServerId(0, "server1", "db1", "192.0.2.1", 3306);
    private static final ServerId OTHER = new ServerId(1, "server2", "db2", "192.0.2.2", 3306);

    private final LostConnections lost = new LostConnections();

    /** Those that are asked about; {@code there} of them are still there. */
    private List<Long> asked(ServerId source, Long... there) {
        List<Long> asked = new ArrayList<>();
        int left = lost.keepThose(source, connection -> {
            asked.add(connection.number());
            return List.of(there).contains(connection.number());
        });
        assertThat(left).isEqualTo(there.length);
        return asked;
    }

    private void lose(ServerId source, long number) {
        lost.add(source, new ServerSession.Own(number, () -> 0, 0));
    }

    @Test
    void one_that_is_still_there_is_asked_about_until_the_lock_is_ours() {
        lose(ONE, 7);
        lose(ONE, 8);
        assertThat(asked(ONE, 7L)).containsExactly(7L, 8L);
        assertThat(asked(ONE, 7L)).containsExactly(7L);
        lose(ONE, 9);
        assertThat(asked(ONE, 7L, 9L)).containsExactly(7L, 9L);
        lost.forget(ONE);
        assertThat(asked(ONE)).isEmpty();
    }

    @Test
    void a_number_means_nothing_on_another_server() {
        lose(ONE, 7);
        assertThat(asked(OTHER)).isEmpty();
        lost.forget(OTHER);
        assertThat(asked(ONE)).containsExactly(7L);
    }
}
