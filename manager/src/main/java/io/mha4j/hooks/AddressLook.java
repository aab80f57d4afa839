package io.mha4j.hooks;

import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.topology.details.AddressPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the clients' address could be moved at a host, and whether it is there: a question that can be put together with
 * others, so that it costs no call of its own. Changes nothing.
 */
public final class AddressLook {
    /**
     * A shell function, {@code address} with the {@link #arguments}, that answers lines of a word, a blank and a text: always
     * {@code vip-seen}, and what there is of {@code vip-unable}, {@code vip-nowhere} and {@code vip-held}.
     */
    public static final String FUNCTION = VirtualAddress.DEVICE + """
            changes() {
              # CAP_NET_ADMIN is bit 12.
              while read -r key value; do
                case $key$value in CapEff:*[13579bdf]???) return 0 ;; esac
              done </proc/self/status
              # The program itself may have what the account lacks. This interface is up anyway.
              ip link set dev lo up
            }
            address() (
              PATH=$PATH:/usr/sbin:/sbin
              echo "vip-seen $1"
              if ! command -v ip >/dev/null; then echo "vip-unable the program ip is missing there"; exit; fi
              if ! changes 2>/dev/null; then echo "vip-unable the account may change no addresses there"; fi
              nowhere=$(
                device "$2" "$3"
                ip link show dev "$dev" >/dev/null 2>&1 || echo "there is no interface $dev there; correct vip_interface"
              )
              if [ -n "$nowhere" ]; then echo "vip-nowhere $nowhere"; fi
              held=$(ip -o address show to "$1")
              if [ -n "$held" ]; then echo "vip-held $1"; fi
            )
            """;

    private AddressLook() {}

    /** What the function is called with for a server that has {@code vip}: address, interface or nothing, the server's own address. */
    public static List<String> arguments(MovedAddress moved, ServerSettings server) {
        return List.of(
                moved.vip().address(), moved.device().orElse(""), server.id().ip());
    }

    /** A call of the function alone. */
    public static List<String> command(MovedAddress moved, ServerSettings server) {
        List<String> argv =
                new ArrayList<>(List.of("sh", "-c", "LC_ALL=C; export LC_ALL\n" + FUNCTION + "address \"$@\"", "sh"));
        argv.addAll(arguments(moved, server));
        return argv;
    }

    /** What the function answered, among other lines; empty if it did not. */
    public static Optional<AddressPlace> read(String lines) {
        return after("vip-seen", lines)
                .map(seen -> new AddressPlace(
                        after("vip-unable", lines),
                        after("vip-nowhere", lines),
                        after("vip-held", lines).isPresent()));
    }

    private static Optional<String> after(String word, String lines) {
        return lines.lines()
                .filter(line -> line.startsWith(word + " "))
                .findFirst()
                .map(line -> line.substring(word.length() + 1));
    }
}
