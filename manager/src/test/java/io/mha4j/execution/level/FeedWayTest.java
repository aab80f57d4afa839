package io.mha4j.execution.level;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.Levelling;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.monitor.ssh.Pairs;
import io.mha4j.remote.LocalHost;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FeedWayTest {
    private static ServerSettings replica(Optional<String> feedAddress) {
        ServerSettings s = Pairs.server(2, SshManner.PLAIN);
        return new ServerSettings(
                s.id(),
                s.label(),
                s.mysql(),
                s.ssh(),
                s.roles(),
                s.policy(),
                s.paths(),
                s.watching(),
                s.scripts(),
                s.fencing(),
                new Levelling(feedAddress, false));
    }

    @Test
    void without_a_feed_address_a_forwarded_port_is_the_only_way() {
        assertThat(FeedWay.to(replica(Optional.empty()), server -> new LocalHost()))
                .extracting(FeedWay::toString)
                .containsExactly("through a forwarded port");
    }

    @Test
    void a_feed_address_comes_first_and_asks_nothing_of_the_replicas_host() {
        assertThat(FeedWay.to(replica(Optional.of("10.0.0.9")), server -> new LocalHost()))
                .extracting(FeedWay::toString)
                .containsExactly("at feed_address=10.0.0.9", "through a forwarded port");
        assertThat(FeedWay.to(replica(Optional.of("10.0.0.9")), server -> new LocalHost())
                        .get(0))
                .isEqualTo(new FeedWay.Direct("10.0.0.9"));
    }
}
