package io.mha4j.monitor.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import io.mha4j.config.ServerSettings;
import io.mha4j.remote.LocalHost;
import io.mha4j.scenario.Scenario;
import io.mha4j.topology.details.AddressPlace;
import io.mha4j.topology.details.HostDetails;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Asked from this host, whose shell stands for those of the servers' hosts. The addresses are for documentation: no host has them. */
final class HostLookTest {
    private static final Ticks TICKS = System::nanoTime;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Scenario scenario = Scenario.of(
            "servers",
            "  a  source   ip=192.0.2.1 vip=192.0.2.9/24",
            "  b  replica  ip=192.0.2.2 vip=192.0.2.9/24",
            "  c  replica  ip=192.0.2.3");

    private HostDetails details(String server) {
        ServerSettings settings = scenario.application().of(scenario.id(server));
        return new HostLook(new LocalHost(), TICKS)
                .details(
                        new HostPaths(settings, scenario.snapshot().facts(settings.id()), Optional.empty()),
                        new FeedLook(Optional.of("127.0.0.1"), TICKS),
                        Deadline.in(LIMIT, TICKS));
    }

    @Test
    void what_is_asked_of_the_address_stands_among_the_other_questions() {
        HostDetails details = details("a");
        assertThat(details.address()).map(AddressPlace::held).contains(false);
        assertThat(details.sshProblem()).isEmpty();
        assertThat(details.disks()).extracting(HostDetails.Disk::path).contains("/var/lib/mysql");
        assertThat(details.binlogProblem()).isPresent();
    }

    @Test
    void a_server_without_vip_is_not_asked_of_it() {
        HostDetails details = details("c");
        assertThat(details.address()).isEmpty();
        assertThat(details.binlogProblem()).isPresent();
    }

    @Test
    void of_the_address_alone_those_are_asked_that_have_it_and_who_does_not_answer_is_left_out() {
        try (AddressRound round = AddressRound.begin(
                scenario.application(),
                server -> {
                    if (server.id().equals(scenario.id("b"))) {
                        throw new CommandException("no route");
                    }
                    return new LocalHost();
                },
                TICKS)) {
            Map<ServerId, AddressPlace> places = round.end();
            assertThat(places).containsOnlyKeys(scenario.id("a"));
            assertThat(places.get(scenario.id("a")))
                    .extracting(AddressPlace::held)
                    .isEqualTo(false);
        }
    }
}
