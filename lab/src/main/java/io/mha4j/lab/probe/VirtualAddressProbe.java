package io.mha4j.lab.probe;

import io.mha4j.base.Deadline;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.config.Vip;
import io.mha4j.hooks.HookResult;
import io.mha4j.hooks.HookResult.Outcome;
import io.mha4j.hooks.VirtualAddress;
import io.mha4j.lab.base.Programs;
import io.mha4j.lab.base.Waiter;
import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.tree.Tree;
import io.mha4j.remote.LocalRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moves an address between two network namespaces on one wire, each a host with an interface of its own. */
public final class VirtualAddressProbe implements Probe {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String WIRE = "wire0";
    private static final Pattern LINK = Pattern.compile("link/ether (\\S+)");

    private final Checks checks = new Checks(System.out);

    @Override
    public void run(Tree tree, Path work) {
        try (Wired a = Wired.start();
                Wired b = Wired.start()) {
            connect(a, b, work);
            move(new Vip("10.77.0.9", 24), "10.77.0.", a, b);
            move(new Vip("fd77::9", 64), "fd77::", a, b);
            othersStay(a);
        }
        if (checks.failed() > 0) {
            throw new CaseFailed(checks.failed() + " checks failed");
        }
    }

    private static void connect(Wired a, Wired b, Path work) {
        Programs programs = Programs.within(LIMIT);
        programs.run(
                work,
                List.of(
                        "ip",
                        "link",
                        "add",
                        WIRE,
                        "netns",
                        a.namespace(),
                        "type",
                        "veth",
                        "peer",
                        "name",
                        WIRE,
                        "netns",
                        b.namespace()));
        int last = 1;
        for (Wired host : List.of(a, b)) {
            for (String command : List.of(
                    "link set lo up",
                    "link set " + WIRE + " up",
                    "address add 10.77.0." + last + "/24 dev " + WIRE,
                    "address add fd77::" + last + "/64 dev " + WIRE + " nodad")) {
                run(host, "ip " + command);
            }
            last++;
        }
    }

    private void move(Vip vip, String network, Wired a, Wired b) {
        VirtualAddress first = address(vip, Optional.empty(), network + "1", a);
        VirtualAddress second = address(vip, Optional.of(WIRE), network + "2", b);
        VirtualAddress wrong = address(vip, Optional.of("nowhere0"), network + "2", b);
        first.look(within());
        says(vip, "is given", Outcome.OK, "was given to " + WIRE, first.assign(true, within()));
        says(vip, "may be given again", Outcome.OK, "is there already", first.assign(true, within()));
        says(vip, "is not given twice", Outcome.FAILED, "still answered", second.assign(false, within()));
        String silent = "/proc/sys/net/" + (vip.isV6() ? "ipv6/icmp/echo_ignore_all" : "ipv4/icmp_echo_ignore_all");
        sh(a, "echo 1 >" + silent);
        says(
                vip,
                "is not given beside one without ping",
                Outcome.FAILED,
                "still answered",
                second.assign(false, within()));
        sh(a, "echo 0 >" + silent);
        first.look(within());
        says(vip, "is taken off", Outcome.OK, "was taken off " + WIRE, first.withdraw(within()));
        says(vip, "may be taken off again", Outcome.OK, "is not there", first.withdraw(within()));
        String byHand = vip.address() + (vip.isV6() ? "/128" : "/32");
        run(a, "ip address add " + byHand + " dev " + WIRE);
        first.look(within());
        says(vip, "is not given beside " + byHand, Outcome.OK, "is there already", first.assign(true, within()));
        says(vip, "is taken off as " + byHand, Outcome.OK, byHand + " was taken off", first.withdraw(within()));
        says(vip, "needs an interface", Outcome.FAILED, "nowhere0", wrong.assign(true, within()));
        String wrongLink = "02:00:00:00:00:99";
        run(a, "ip neigh replace %s lladdr %s dev %s nud stale".formatted(vip.address(), wrongLink, WIRE));
        says(vip, "is given when nobody answers", Outcome.OK, "was given to " + WIRE, second.assign(false, within()));
        neighbourLearns(vip, a, b);
    }

    /** The first address of a network takes the others with it where the kernel does not promote them, which is its default. */
    private void othersStay(Wired host) {
        Vip vip = new Vip("10.78.0.9", 24);
        String promote = "/proc/sys/net/ipv4/conf/*/promote_secondaries";
        sh(host, "for f in " + promote + "; do echo 0 >$f; done");
        VirtualAddress address = address(vip, Optional.of(WIRE), "10.77.0.1", host);
        for (boolean looked : List.of(false, true)) {
            says(vip, "is given as the first", Outcome.OK, "was given to " + WIRE, address.assign(true, within()));
            run(host, "ip address add 10.78.0.20/24 dev " + WIRE);
            if (looked) {
                address.look(within());
            }
            says(vip, "is taken off", Outcome.OK, "10.78.0.9/24 was taken off", address.withdraw(within()));
            checks.holds("  and the address behind it stays", () -> run(host, "ip -o address show dev " + WIRE)
                    .contains("10.78.0.20/24"));
            checks.holds(
                    "  and the host's setting is as it was",
                    () -> sh(host, "cat " + promote).strip().matches("[0\\s]+"));
            sh(host, "ip address del 10.78.0.20/24 dev " + WIRE + " || true");
        }
    }

    /** Whoever had it at another host's interface has it at this one's without asking. */
    private void neighbourLearns(Vip vip, Wired neighbour, Wired owner) {
        Matcher own = LINK.matcher(run(owner, "ip -o link show dev " + WIRE));
        checks.holds(
                vip + ": a neighbour has the new host's link address soon",
                () -> own.find()
                        && Waiter.real()
                                .until(Waiter.real().in(LIMIT), () -> run(neighbour, "ip neigh show " + vip.address())
                                        .contains("lladdr " + own.group(1))));
    }

    private static String run(Wired host, String command) {
        List<String> argv = new ArrayList<>(host.inside());
        argv.addAll(List.of(command.split(" ")));
        return Programs.within(LIMIT).run(Path.of("/"), argv);
    }

    private static String sh(Wired host, String script) {
        List<String> argv = new ArrayList<>(host.inside());
        argv.addAll(List.of("sh", "-c", script));
        return Programs.within(LIMIT).run(Path.of("/"), argv);
    }

    private static VirtualAddress address(Vip vip, Optional<String> device, String own, Wired host) {
        return new VirtualAddress(new MovedAddress(vip, device), own, (argv, deadline) -> {
            List<String> inside = new ArrayList<>(host.inside());
            inside.addAll(argv);
            return new LocalRunner().run(inside, deadline);
        });
    }

    private void says(Vip vip, String what, Outcome outcome, String words, HookResult result) {
        String said = result.sentence() + " " + result.output();
        checks.same(vip + " " + what, outcome, result::outcome);
        checks.holds("  and says so: " + said, () -> said.contains(words));
    }

    private static Deadline within() {
        return Deadline.in(LIMIT, SystemTime.TICKS);
    }

    /** A network namespace that lives as long as its one process. */
    private record Wired(Process process) implements AutoCloseable {
        static Wired start() {
            try {
                Process process =
                        new ProcessBuilder("unshare", "--net", "sh", "-c", "echo there; exec sleep 300").start();
                if (process.getInputStream().read() < 0) {
                    throw new CaseFailed("unshare made no network namespace");
                }
                return new Wired(process);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String namespace() {
            return Long.toString(process.pid());
        }

        List<String> inside() {
            return List.of("nsenter", "--net", "--target", namespace());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
