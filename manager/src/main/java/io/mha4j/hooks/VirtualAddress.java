package io.mha4j.hooks;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.hooks.HookResult.Outcome;
import io.mha4j.remote.CommandRunner;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the clients' address from a host or gives it to one, with {@code ip} over SSH; in place of a script, and told like
 * one. Both may be repeated: an address that is where it should be is left there.
 */
public final class VirtualAddress {
    /** Arguments: address. Few programs, since clients wait. */
    private static final String WITHDRAW = """
            LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin; export LC_ALL PATH
            if ! command -v ip >/dev/null; then echo "the program ip is missing there"; exit 1; fi
            ip -o address show to "$1" | while read -r _ dev _ cidr _; do
              ip address del "$cidr" dev "$dev" && echo "$cidr was taken off $dev"
            done
            if [ -n "$(ip -o address show to "$1")" ]; then echo "$1 is still there"; exit 1; fi
            echo "$1 is not there"
            """;

    /**
     * Arguments: address, prefix, interface or nothing, the server's own address, 1 if another host may still have it, and
     * those of {@link NeighbourNotice#arguments}. Nothing waits for the telling of the neighbours.
     */
    private static final String ASSIGN = NeighbourNotice.FUNCTIONS + """
            LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin; export LC_ALL PATH
            if ! command -v ip >/dev/null; then echo "the program ip is missing there"; exit 1; fi
            dev=$3
            if [ -z "$dev" ]; then dev=$(ip -o address show to "$4" | { read -r _ dev _; echo "$dev"; }); fi
            if [ -z "$dev" ]; then echo "no interface there has the address $4; set vip_interface"; exit 1; fi
            case $1 in *:*) once=nodad ;; *) once= ;; esac
            answered() {
              if command -v ping >/dev/null; then ping -n -c 1 -W 1 -I "$2" "$1" >/dev/null 2>&1; return; fi
              command -v bash >/dev/null || return 2
              ip neigh flush to "$1" dev "$2" 2>/dev/null
              bash -c 'echo >"/dev/udp/$0/9"' "$1" 2>/dev/null
              sleep 1
              case $(ip neigh show to "$1" dev "$2") in *lladdr*) return 0 ;; *) return 1 ;; esac
            }
            if [ -n "$(ip -o address show to "$1")" ]; then
              echo "$1 is there already"
            else
              if [ "$5" = 1 ]; then
                answered "$1" "$dev"
                case $? in
                  0) echo "$1 is still answered by another host"; exit 1 ;;
                  1) ;;
                  *) echo "whether another host still has $1 cannot be told"; exit 1 ;;
                esac
              fi
              ip address add "$1/$2" dev "$dev" $once || exit 1
              echo "$1/$2 was given to $dev"
            fi
            tool=$(announcer "$6")
            if [ -z "$tool" ]; then
              echo "its neighbours are not told, since neither arping nor perl is there: clients may wait until they ask again"
            else
              (announce "$1" "$dev" "$6" "$7" </dev/null >/dev/null 2>&1 &)
              echo "its neighbours are told by $tool"
            fi
            """;

    private final MovedAddress moved;
    private final String own;
    private final CommandRunner host;

    /**
     * On one host.
     *
     * @param own the server's own address there
     */
    public VirtualAddress(MovedAddress moved, String own, CommandRunner host) {
        this.moved = moved;
        this.own = own;
        this.host = host;
    }

    /** Takes it off. A host that cannot be reached may keep it: the failover goes on, as after a script's exit status 10. */
    public HookResult withdraw(Deadline deadline) {
        try {
            return result(host.run(argv(WITHDRAW, List.of(moved.vip().address())), deadline));
        } catch (CommandException e) {
            return new HookResult(Outcome.GO_ON, "may still be at the old master: " + e.getMessage(), List.of());
        }
    }

    /** What {@link #withdraw} would answer of a host that is known to be out of reach. */
    public static HookResult outOfReach() {
        return new HookResult(
                Outcome.GO_ON, "may still be at the old master: SSH to its host is NOT reachable", List.of());
    }

    /**
     * Gives it.
     *
     * @param alone whether it is known that no other host has it; otherwise one that answers forbids it
     */
    public HookResult assign(boolean alone, Deadline deadline) {
        List<String> arguments = new ArrayList<>(List.of(
                moved.vip().address(),
                Integer.toString(moved.vip().prefix()),
                moved.device().orElse(""),
                own,
                alone ? "0" : "1"));
        arguments.addAll(NeighbourNotice.arguments(moved.vip()));
        try {
            return result(host.run(argv(ASSIGN, arguments), deadline));
        } catch (CommandException e) {
            return new HookResult(Outcome.FAILED, "was not given: " + e.getMessage(), List.of());
        }
    }

    /** Connects, so that later calls take no longer than they must. */
    public void reach(Deadline deadline) {
        host.run(List.of("true"), deadline);
    }

    private static List<String> argv(String script, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(arguments);
        return argv;
    }

    private HookResult result(CommandRunner.Result result) {
        List<String> output = (result.stdout() + result.stderr()).lines().toList();
        return result.succeeded()
                ? new HookResult(Outcome.OK, "moved", output)
                : new HookResult(
                        Outcome.FAILED, "could not be moved on " + own + ": " + String.join("; ", output), output);
    }
}
