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
    private static final String PROGRAMS = """
            LC_ALL=C; PATH=$PATH:/usr/sbin:/sbin; export LC_ALL PATH
            if ! command -v ip >/dev/null; then echo "the program ip is missing there"; exit 1; fi
            """;

    /**
     * Arguments: address, and as which and at which interface it was there before, or two empty words. Few programs, since clients wait.
     * Ends with 3 if the address is there to stay, with another status but 0 if the host cannot tell.
     */
    private static final String WITHDRAW = PROGRAMS + """
            # One that fails says nothing of addresses: on a disk that is gone it cannot even be loaded.
            look() {
              held=$(ip -o address show to "$1") || { echo "ip cannot tell whether $1 is there"; exit 1; }
            }
            # Where secondary addresses are not promoted, the first one of a network takes the others with it.
            drop() {
              promote=/proc/sys/net/ipv4/conf/$2/promote_secondaries
              before=
              # The kernel gives some shells the digit without an end of line, which is no success.
              { read -r before <"$promote"; [ "$before" = 0 ] && echo 1 >"$promote"; } 2>/dev/null || before=
              ip address del "$1" dev "$2" && echo "$1 was taken off $2"
              if [ -n "$before" ]; then echo "$before" >"$promote"; fi
            }
            if [ -n "$2" ]; then drop "$2" "$3" 2>/dev/null; fi
            look "$1"
            if [ -n "$held" ]; then
              echo "$held" | while read -r _ dev _ cidr _; do
                drop "$cidr" "$dev"
              done
              look "$1"
              if [ -n "$held" ]; then echo "$1 is still there"; exit 3; fi
            fi
            echo "$1 is not there"
            """;

    /** Arguments: interface or nothing, the server's own address. */
    static final String DEVICE = """
            device() {
              dev=$1
              if [ -z "$dev" ]; then dev=$(ip -o address show to "$2" | { read -r _ dev _; echo "$dev"; }); fi
              if [ -z "$dev" ]; then echo "no interface there has the address $2; set vip_interface"; exit 1; fi
            }
            """;

    /** Arguments: address, interface or nothing, the server's own address, the first one of {@link NeighbourNotice#arguments}. */
    private static final String LOOK = NeighbourNotice.FUNCTIONS + DEVICE + PROGRAMS + """
            device "$2" "$3"
            if ! ip link show dev "$dev" >/dev/null 2>&1; then echo "there is no interface $dev there; correct vip_interface"; exit 1; fi
            echo "device $dev"
            echo "tool $(announcer "$4")"
            ip -o address show to "$1" | while read -r _ dev _ cidr _; do echo "held $cidr $dev"; done
            """;

    /**
     * Arguments: address, prefix, interface or nothing, the server's own address, whether the address is free (elsewhere: another host may
     * still have it; here: this one may have it already; yes: nobody has it here), those of {@link NeighbourNotice#arguments}, and
     * with what neighbours are told: a word, or "?". Nothing waits for that telling.
     */
    private static final String ASSIGN = NeighbourNotice.FUNCTIONS + DEVICE + PROGRAMS + """
            device "$3" "$4"
            case $1 in *:*) once=nodad ;; *) once= ;; esac
            # A fixed entry tells what somebody wrote down.
            known() {
              case $(ip neigh show to "$1" dev "$2") in *PERMANENT*|*NOARP*) return 1 ;; *lladdr*) return 0 ;; *) return 1 ;; esac
            }
            # Whoever is told not to answer a ping still answers whose link address it is.
            asked() {
              ip neigh flush to "$1" dev "$2" 2>/dev/null
              ping -n -c 1 -W "$3" -I "$2" "$1" >/dev/null 2>&1
              code=$?
              if [ "$code" = 1 ] && known "$1" "$2"; then return 0; fi
              return "$code"
            }
            answered() {
              if command -v ping >/dev/null; then
                case $(ping -V 2>&1) in
                  *iputils*)
                    for _ in 1 2 3; do
                      asked "$1" "$2" 0.2
                      case $? in 0) return 0 ;; 1) code=1 ;; *) code=2; break ;; esac
                    done
                    if [ "$code" = 1 ]; then return 1; fi ;;
                esac
                # Some know whole seconds only.
                asked "$1" "$2" 1
                return
              fi
              command -v bash >/dev/null || return 2
              for _ in 1 2 3; do
                ip neigh flush to "$1" dev "$2" 2>/dev/null
                bash -c 'echo >"/dev/udp/$0/9"' "$1" 2>/dev/null
                sleep 0.2 2>/dev/null || sleep 1
                if known "$1" "$2"; then return 0; fi
              done
              return 1
            }
            if [ "$5" = yes ] && ip address add "$1/$2" dev "$dev" $once 2>/dev/null; then
              echo "$1/$2 was given to $dev"
            elif [ -n "$(ip -o address show to "$1")" ]; then
              echo "$1 is there already"
            else
              if [ "$5" = elsewhere ]; then
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
            tool=$8
            if [ "$tool" = "?" ]; then tool=$(announcer "$6"); fi
            tell "$1" "$dev" "$6" "$7" "$tool"
            """;

    /** Arguments: address, those of {@link NeighbourNotice#arguments}. */
    private static final String ANNOUNCE = NeighbourNotice.FUNCTIONS + PROGRAMS + """
            dev=$(ip -o address show to "$1" | { read -r _ dev _; echo "$dev"; })
            if [ -z "$dev" ]; then echo "$1 is not there"; exit 1; fi
            tell "$1" "$dev" "$2" "$3" "$(announcer "$2")"
            """;

    private static final int THERE_TO_STAY = 3;

    private final MovedAddress moved;
    private final String own;
    private final CommandRunner host;
    private volatile Place place;

    /**
     * What the host is like.
     *
     * @param device the interface for the address; empty if unknown
     * @param tool   with what its neighbours are told; empty if with nothing
     * @param held   as which and at which interface it has the address: two words, empty ones if it does not have it
     */
    private record Place(String device, String tool, List<String> held) {
        static Place unknown(MovedAddress moved) {
            return new Place(moved.device().orElse(""), "?", List.of("", ""));
        }

        /** What the script that gives it is told about who may have it. */
        String free(boolean alone) {
            if (!alone) {
                return "elsewhere";
            }
            boolean looked = !tool.equals("?");
            return looked && held.get(0).isEmpty() ? "yes" : "here";
        }

        static Place read(String told) {
            String device = "";
            String tool = "";
            List<String> held = List.of("", "");
            for (String line : told.lines().toList()) {
                List<String> words = List.of(line.split(" "));
                if (words.size() < 2) {
                    continue;
                }
                switch (words.get(0)) {
                    case "device" -> device = words.get(1);
                    case "tool" -> tool = words.get(1);
                    case "held" -> held = words.subList(1, 3);
                    default -> {}
                }
            }
            return new Place(device, tool, held);
        }
    }

    /**
     * On one host.
     *
     * @param own the server's own address there
     */
    public VirtualAddress(MovedAddress moved, String own, CommandRunner host) {
        this.moved = moved;
        this.own = own;
        this.host = host;
        this.place = Place.unknown(moved);
    }

    /**
     * Takes it off. A host that cannot be reached, or cannot tell what it has, may keep it: the failover goes on, as after a
     * script's exit status 10.
     */
    public HookResult withdraw(Deadline deadline) {
        try {
            List<String> arguments = new ArrayList<>(List.of(moved.vip().address()));
            arguments.addAll(place.held());
            CommandRunner.Result ended = host.run(argv(WITHDRAW, arguments), deadline);
            return ended.succeeded() || ended.exitStatus() == THERE_TO_STAY
                    ? result(ended)
                    : mayBeThere(String.join("; ", lines(ended)), lines(ended));
        } catch (CommandException e) {
            return mayBeThere(e.getMessage(), List.of());
        }
    }

    private static HookResult mayBeThere(String why, List<String> output) {
        return new HookResult(Outcome.GO_ON, "may still be at the old master: " + why, output);
    }

    /** Tells its neighbours once more that it has the address; fails if it does not have it. */
    public HookResult announce(Deadline deadline) {
        List<String> arguments = new ArrayList<>(List.of(moved.vip().address()));
        arguments.addAll(NeighbourNotice.arguments(moved.vip()));
        try {
            return result(host.run(argv(ANNOUNCE, arguments), deadline));
        } catch (CommandException e) {
            return new HookResult(Outcome.FAILED, "was not announced: " + e.getMessage(), List.of());
        }
    }

    /** What {@link #withdraw} would answer of a host that is known to be out of reach. */
    public static HookResult outOfReach() {
        return mayBeThere("SSH to its host is NOT reachable", List.of());
    }

    /**
     * Gives it.
     *
     * @param alone whether it is known that no other host has it; otherwise one that answers forbids it
     */
    public HookResult assign(boolean alone, Deadline deadline) {
        List<String> arguments = new ArrayList<>(List.of(
                moved.vip().address(), Integer.toString(moved.vip().prefix()), place.device(), own, place.free(alone)));
        arguments.addAll(NeighbourNotice.arguments(moved.vip()));
        arguments.add(place.tool());
        try {
            return result(host.run(argv(ASSIGN, arguments), deadline));
        } catch (CommandException e) {
            return new HookResult(Outcome.FAILED, "was not given: " + e.getMessage(), List.of());
        }
    }

    /**
     * Connects and looks around, so that later calls take no longer than they must; whether the host has the address.
     *
     * @throws CommandException if the host is not reached, or the address could not be moved there
     */
    public boolean look(Deadline deadline) {
        List<String> arguments = List.of(
                moved.vip().address(),
                place.device(),
                own,
                NeighbourNotice.arguments(moved.vip()).get(0));
        CommandRunner.Result looked = host.run(argv(LOOK, arguments), deadline);
        if (!looked.succeeded()) {
            throw new CommandException(
                    "vip could not be moved on " + own + ": " + (looked.stdout() + looked.stderr()).strip());
        }
        place = Place.read(looked.stdout());
        return !place.held().get(0).isEmpty();
    }

    /** Whether {@link #assign} found the address there already. */
    public static boolean wasThereBefore(HookResult assigned) {
        return assigned.output().stream().anyMatch(line -> line.endsWith(" is there already"));
    }

    /** Whether {@link #withdraw} found the address there. */
    public static boolean wasThere(HookResult withdrawn) {
        return withdrawn.output().stream().anyMatch(line -> line.contains(" was taken off "));
    }

    private static List<String> argv(String script, List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        argv.addAll(arguments);
        return argv;
    }

    private HookResult result(CommandRunner.Result result) {
        List<String> output = lines(result);
        return result.succeeded()
                ? new HookResult(Outcome.OK, "moved", output)
                : new HookResult(
                        Outcome.FAILED, "could not be moved on " + own + ": " + String.join("; ", output), output);
    }

    private static List<String> lines(CommandRunner.Result result) {
        return (result.stdout() + result.stderr()).lines().toList();
    }
}
