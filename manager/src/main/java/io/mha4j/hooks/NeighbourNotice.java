package io.mha4j.hooks;

import io.mha4j.config.Vip;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;

/**
 * How a host tells its neighbours that an address is at its interface now: else they go on to the host that had it until their
 * entries expire, many seconds later. IPv4: an ARP request for the address by itself (RFC 5227, 3). IPv6: an unsolicited
 * neighbour advertisement that overrides (RFC 4861, 7.2.6).
 */
final class NeighbourNotice {
    /**
     * Shell functions. {@code announce ADDRESS DEVICE HEX SUM TOOL}: at once and up to twice more while it is there. {@code
     * announcer HEX} says with what, the TOOL: the program arping, "arping2" if that is the other one of this name, else perl, which sends
     * the frame that is put together here; nothing if there is none. {@code tell}, with the arguments of announce: the same beside
     * what follows, in words. HEX is the address; SUM is all of the checksum of IPv6
     * that does not depend on the interface.
     */
    static final String FUNCTIONS = """
            announcer() {
              case ${#1} in 8) tools="arping perl" ;; *) tools=perl ;; esac
              for tool in $tools; do
                command -v "$tool" >/dev/null || continue
                if [ "$tool" = arping ]; then case $(arping -V 2>&1) in *"ARPing 2"*) tool=arping2 ;; esac; fi
                echo "$tool"
                return
              done
            }
            frame() {
              mac=$(ip -o link show dev "$1" | sed -n 's/.* link\\/ether \\([0-9a-f:]*\\).*/\\1/p' | tr -d :)
              [ -n "$mac" ] || return
              case ${#2} in
                8) echo "ffffffffffff${mac}08060001080006040001${mac}${2}000000000000${2}000000000000000000000000000000000000" ;;
                *)
                  most=${mac#????}
                  sum=$(($3 + 0x${mac%????????} + 0x${most%????} + 0x${mac#????????}))
                  while [ "$sum" -gt 65535 ]; do sum=$(((sum & 65535) + (sum >> 16))); done
                  check=$(printf %04x $((65535 - sum)))
                  all=ff020000000000000000000000000001
                  echo "333300000001${mac}86dd6000000000203aff${2}${all}8800${check}20000000${2}0201${mac}"
                  ;;
              esac
            }
            announce() {
              for time in 1 2 3; do
                if [ "$time" != 1 ] && [ -z "$(ip -o address show to "$1")" ]; then break; fi
                case $5 in
                  arping) arping -q -U -c 1 -I "$2" "$1" ;;
                  arping2) arping -q -i "$2" -U -c 1 "$1" ;;
                  perl)
                    perl -e 'socket(my $s, 17, 3, 0) or exit 1;
                      send($s, pack("H*", $ARGV[1]), 0, pack("SnlSCCa8", 17, 0, $ARGV[0], 0, 0, 6, ""))' \
                      "$(ip -o link show dev "$2" | cut -d: -f1)" "$(frame "$2" "$3" "$4")"
                    ;;
                esac
                sleep 1
              done
            }
            tell() {
              if [ -z "$5" ]; then
                echo "its neighbours are not told, since neither arping nor perl is there: clients may wait until they ask again"
              else
                (announce "$@" </dev/null >/dev/null 2>&1 &)
                echo "its neighbours are told by ${5%2}"
              fi
            }
            """;

    private static final int V6_BYTES = 16;

    private NeighbourNotice() {}

    /** HEX and SUM of an address; empty words if it is none after all, which {@code ip} will say. */
    static List<String> arguments(Vip vip) {
        try {
            byte[] address = InetAddress.getByName(vip.address()).getAddress();
            if (vip.isV6() != (address.length == V6_BYTES)) {
                return List.of("", "0");
            }
            return List.of(HexFormat.of().formatHex(address), Integer.toString(vip.isV6() ? sum(address) : 0));
        } catch (UnknownHostException e) {
            return List.of("", "0");
        }
    }

    /** Of the pseudo-header (RFC 8200, 8.1), type, flags, target and the head of the option. */
    private static int sum(byte[] address) {
        int sum = 0xff02 + 0x0001 + 32 + 58 + 0x8800 + 0x2000 + 0x0201;
        for (int i = 0; i < address.length; i += 2) {
            // Once as the sender and once as the target.
            sum += 2 * ((address[i] & 0xff) << 8 | (address[i + 1] & 0xff));
        }
        return sum;
    }
}
