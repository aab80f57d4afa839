package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.topology.details.HostDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What hosts showed over SSH. */
final class HostChecks {
    /** Less than this, and a server stops before long. */
    private static final long LITTLE = 256L << 20;

    private final ServerSettings settings;
    private final HostDetails host;
    private final List<CheckFinding> findings = new ArrayList<>();

    private HostChecks(ServerSettings settings, HostDetails host) {
        this.settings = settings;
        this.host = host;
    }

    static List<CheckFinding> findings(CheckFacts facts) {
        List<CheckFinding> findings = new ArrayList<>();
        for (ServerSettings server : facts.app().servers()) {
            HostDetails host = facts.host(server.id());
            if (host.asked()) {
                findings.addAll(new HostChecks(server, host).all());
            }
        }
        return findings;
    }

    private List<CheckFinding> all() {
        host.sshProblem()
                .ifPresent(why -> find(
                        Check.SSH,
                        "%s cannot be reached over SSH (%s); neither its binary logs nor its relay logs could be rescued."
                                .formatted(id(), why),
                        "Make `ssh -p %d %s@%s true` work for the manager's account without a question."
                                .formatted(
                                        settings.ssh().port(),
                                        settings.ssh().user(),
                                        settings.ssh().ip())));
        host.binlogProblem()
                .ifPresent(why -> find(
                        Check.BINLOG_DIR,
                        "The binary logs of %s cannot be read over SSH: %s.".formatted(id(), why),
                        "Correct master_binlog_dir, or let %s read them (group mysql, or sudo)."
                                .formatted(settings.ssh().user())));
        if (host.encrypted()) {
            find(
                    Check.BINLOG_ENCRYPTED,
                    "The binary logs of %s are encrypted; when it is dead nothing can be rescued from them."
                            .formatted(id()),
                    "Use semi-synchronous replication, or binlog_encryption=OFF on an encrypted file system.");
        }
        host.relayProblem()
                .ifPresent(why -> find(
                        Check.RELAY_DIR,
                        "The relay logs of %s cannot be read over SSH: %s.".formatted(id(), why),
                        "Let %s read them (group mysql, or sudo)."
                                .formatted(settings.ssh().user())));
        host.disks().forEach(this::disk);
        host.restarter()
                .ifPresent(by -> find(
                        Check.AUTO_RESTART,
                        "The server of %s is started again by %s when it dies; it may come back as a second master."
                                .formatted(id(), by),
                        "Set read_only=1 in its configuration file, so that it comes back closed."));
        host.feedProblem().ifPresent(this::feed);
        return findings;
    }

    private void feed(String why) {
        settings.levelling()
                .feedAddress()
                .ifPresentOrElse(
                        address -> find(
                                Check.FEED,
                                "%s does not reach the manager at feed_address=%s (%s); a port that SSH forwards would be tried instead."
                                        .formatted(id(), address, why),
                                "Correct feed_address, or let the firewalls pass connections from there to any port of the manager."),
                        () -> find(
                                Check.FEED,
                                "%s lets SSH forward no port to the manager (%s); rescued events would be applied more slowly, over SQL."
                                        .formatted(id(), why),
                                "Set AllowTcpForwarding yes in its sshd_config, or set feed_address."));
    }

    private void disk(HostDetails.Disk disk) {
        OptionalLong free = disk.freeBytes();
        if (free.isPresent() && free.getAsLong() < LITTLE) {
            findings.add(CheckFinding.of(Check.DISK, id(), sentence(disk, "of " + id()), cure(disk)));
        }
    }

    /** A finding about a nearly full disk of the manager's host; nothing where there is enough room. */
    static List<CheckFinding> ofManager(HostDetails.Disk disk) {
        OptionalLong free = disk.freeBytes();
        return free.isPresent() && free.getAsLong() < LITTLE
                ? List.of(CheckFinding.general(Check.DISK, sentence(disk, "of the manager's host"), cure(disk)))
                : List.of();
    }

    private static String sentence(HostDetails.Disk disk, String whose) {
        return "The file system with %s %s has %d MiB left, less than %d."
                .formatted(disk.path(), whose, disk.freeBytes().orElse(0) >> 20, LITTLE >> 20);
    }

    private static String cure(HostDetails.Disk disk) {
        return "Remove what is not needed there, or enlarge it: df -h " + disk.path();
    }

    private ServerId id() {
        return settings.id();
    }

    private void find(Check check, String cause, String cure) {
        findings.add(CheckFinding.of(check, id(), cause, cure));
    }
}
