package io.mha4j.execution.fence;

import io.mha4j.base.Deadline;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One server of a host, as it is told from others there: by its port and its data directory, in which it works (mysqld makes it
 * its working directory, sql/mysqld.cc). One that works there and listens at other ports only is another server: the directory's
 * name may be that of a container. Where the data directory is not known, its process is the one that listens at the
 * port and has the index of its binary log open. Never by a name.
 *
 * @param ip      its address; whoever listens at the same port of another one is not in its way
 * @param datadir as it said itself while it lived
 * @param indexes where the index of its binary log may lie
 */
record Instance(String ip, int port, Optional<String> datadir, List<String> indexes) {
    /**
     * Prints what runs, one fact a line, parts between bars, and starts few programs: each costs milliseconds. In
     * {@code /proc/PID/stat} what follows the name begins with the state, the parent is second there and the start time
     * twentieth (proc(5)). A dead process that its parent has not asked for yet (Z) has closed everything, and so has one that ends
     * (4 in the flags, which are seventh: PF_EXITING in Linux' sched.h) and works nowhere any more. A service that this
     * look is part of itself, such as sshd's, is not what watches over a server. Where {@code /proc} hides the processes of others
     * (hidepid, proc(5)), not even the name of process 1 can be read.
     */
    private static final String LOOK = """
            port=$1 data=$2 addresses=$3
            shift 3
            { [ -r /proc/self/stat ] && [ -r /proc/net/tcp ] && [ -r /proc/1/comm ]; } || { echo blind; exit 0; }
            facts() {
                stat= state= up= flags=0 start=
                read -r stat 2>/dev/null < "/proc/$1/stat" || return
                set -- ${stat##*) }
                state=$1 up=$2 flags=$7 start=${20}
            }
            ends() {
                facts "$1"
                case $state in ''|Z|X) return 0 ;; esac
                [ $((flags & 4)) != 0 ]
            }
            line() { tr '\\0' ' ' 2>/dev/null < "/proc/$1/cmdline"; }
            name() { sed 's/|//g' "/proc/$1/comm" 2>/dev/null; }
            safes() {
                facts "$1"
                all=
                while [ "${up:-0}" -gt 1 ]; do
                    case $(line "$up") in *mysqld_safe*|*mariadbd-safe*) ;; *) break ;; esac
                    safe=$up
                    facts "$safe"
                    all="$all $safe:$start"
                done
                echo "$all"
            }
            service() {
                sed -n -e 's|^0::.*/\\([^/]*\\.service\\)\\(/.*\\)*$|\\1|p' \\
                    -e 's|^[0-9]*:name=systemd:.*/\\([^/]*\\.service\\)\\(/.*\\)*$|\\1|p' "/proc/$1/cgroup" | sed 1q
            }
            unit() {
                [ -d /run/systemd/system ] || return
                service=$(service "$1")
                [ "$service" = "$(service $$)" ] || echo "$service"
            }
            mine() {
                [ -n "$data" ] && { [ "/proc/$1/cwd/." -ef "$data/." ]; return; }
                held=/proc/$1/fd
                shift
                for file; do
                    for fd in "$held"/*; do [ "$fd" -ef "$file" ] && return 0; done
                done
                return 1
            }
            elsewhere() {
                held=" $(find "/proc/$1/fd" -maxdepth 1 -lname 'socket:*' -exec readlink {} + 2>/dev/null | tr '\\n' ' ')"
                for inode in $(sed -n 's/^ *[0-9]*: [0-9A-F]*:[0-9A-F]* [0-9A-F]*:0000 0A [^ ]* [^ ]* [^ ]* *[0-9]* *[0-9]* \\([0-9]*\\) .*/\\1/p' \\
                        "/proc/$1/net/tcp" "/proc/$1/net/tcp6" 2>/dev/null); do
                    case $held in *":[$inode]"*) return 0 ;; esac
                done
                return 1
            }
            place=
            for file; do [ -e "$file" ] && place=yes; done
            [ -n "$data" ] && { place=; [ -d "$data" ] && place=yes; }
            [ -n "$place" ] || echo noplace
            hex=$(printf %04X "$port")
            listeners=
            for inode in $(sed -n "s/^ *[0-9]*: \\($addresses\\):$hex [0-9A-F]*:0000 0A [^ ]* [^ ]* [^ ]* *[0-9]* *[0-9]* \\([0-9]*\\) .*/\\2/p" \\
                    /proc/net/tcp /proc/net/tcp6 2>/dev/null); do
                pids=$(find /proc/[0-9]*/fd -maxdepth 1 -lname "socket:\\[$inode\\]" 2>/dev/null \\
                    | sed 's|^/proc/\\([0-9]*\\)/.*|\\1|' | sort -u)
                [ -n "$pids" ] || echo "hidden|a process listens at port $port"
                listeners="$listeners $pids"
            done
            told=' '
            tell() { case $told in *" $1 "*) ;; *) told="$told$1 "; echo "$2" ;; esac; }
            found() { facts "$1"; [ -n "$start" ] || return 0; tell "$1" "ours|$1|$start|$up|$(safes "$1")|$(unit "$1")"; }
            for pid in $listeners; do
                if mine "$pid" "$@"; then found "$pid"; else tell "$pid" "foreign|$pid|$(name "$pid")"; fi
            done
            for dir in /proc/[0-9]*; do
                read -r name 2>/dev/null < "$dir/comm" || continue
                case $name in mysqld|mysqld-debug|mariadbd) ;; *) continue ;; esac
                pid=${dir#/proc/}
                facts "$pid"
                [ "$state" = Z ] && continue
                [ -e "$dir/cwd/." ] || { ends "$pid" || echo "hidden|process $pid ($name)"; continue; }
                if [ -z "$place" ]; then tell "$pid" "maybe|$pid|$name"
                elif mine "$pid" "$@"; then
                    if [ -n "$data" ] && ! elsewhere "$pid"; then found "$pid"; else tell "$pid" "maybe|$pid|$name"; fi
                fi
            done
            """;

    Instance {
        indexes = List.copyOf(indexes);
    }

    /**
     * What of it runs on {@code host} now.
     *
     * @throws io.mha4j.base.CommandException if the host does not answer
     */
    Sight look(Host host, Deadline deadline) {
        List<String> argv = new ArrayList<>(
                List.of("sh", "-c", LOOK, "sh", Integer.toString(port), datadir.orElse(""), ListenAddress.pattern(ip)));
        argv.addAll(indexes);
        CommandRunner.Result result = host.run(argv, deadline);
        return Sight.parse(result.succeeded() ? result.stdout() : "blind");
    }
}
