package io.mha4j.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.config.Vip;
import io.mha4j.remote.LocalRunner;
import io.mha4j.remote.TestProgram;
import io.mha4j.topology.details.AddressPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a program {@code ip} that knows one interface, eth0 with 10.0.0.1; whether the account may use it is that of the test. */
final class AddressLookTest {
    @TempDir
    private Path dir = Path.of("");

    private AddressPlace look(String own, Optional<String> device, String held) {
        try {
            TestProgram.of(dir.resolve("ip"), """
                    #!/bin/sh
                    case "$*" in
                      "-o address show to 10.0.0.1") echo "2: eth0    inet 10.0.0.1/24 scope global eth0" ;;
                      "-o address show to 10.0.0.9") printf '%%s' '%s' ;;
                      "-o address show to "*) ;;
                      "link show dev eth0") ;;
                      *) exit 1 ;;
                    esac
                    """.formatted(held));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> argv = new ArrayList<>(List.of("env", "PATH=" + dir + ":" + System.getenv("PATH")));
        argv.addAll(AddressLook.command(new MovedAddress(new Vip("10.0.0.9", 24), device), Servers.plain("db1", own)));
        Deadline deadline = Deadline.in(Duration.ofSeconds(60), System::nanoTime);
        return AddressLook.read(new LocalRunner().run(argv, deadline).stdout()).orElseThrow();
    }

    @Test
    void the_interface_with_the_servers_own_address_will_do() {
        AddressPlace place = look("10.0.0.1", Optional.empty(), "");
        assertThat(place.nowhere()).isEmpty();
        assertThat(place.held()).isFalse();
    }

    @Test
    void an_address_that_is_there_is_seen() {
        assertThat(look("10.0.0.1", Optional.of("eth0"), "2: eth0    inet 10.0.0.9/24")
                        .held())
                .isTrue();
    }

    @Test
    void an_interface_that_is_not_there_is_told_though_the_address_is_held() {
        AddressPlace place = look("10.0.0.1", Optional.of("eth7"), "2: eth0    inet 10.0.0.9/24");
        assertThat(place.nowhere()).contains("there is no interface eth7 there; correct vip_interface");
        assertThat(place.held()).isTrue();
    }

    @Test
    void a_server_whose_address_no_interface_has_is_told() {
        assertThat(look("192.0.2.1", Optional.empty(), "").nowhere())
                .contains("no interface there has the address 192.0.2.1; set vip_interface");
    }

    @Test
    void lines_of_other_questions_do_not_matter() {
        assertThat(AddressLook.read("disk/data 77\nvip-seen 10.0.0.9\nvip-unable it may not\nbinlog = fe 62\n"))
                .contains(new AddressPlace(Optional.of("it may not"), Optional.empty(), false));
        assertThat(AddressLook.read("disk/data 77\n")).isEmpty();
    }
}
