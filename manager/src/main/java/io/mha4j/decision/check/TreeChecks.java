package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.decision.Ballot;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.FailoverPlanner;
import io.mha4j.decision.FailoverWishes;
import io.mha4j.decision.Progress;
import io.mha4j.topology.Finding;
import io.mha4j.topology.HealthRules;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the tree itself shows: MHA's checks of a start, health, whether anybody could take over. */
final class TreeChecks {
    /** Objections that pass by themselves; they do not forbid to start. */
    private static final Set<String> PASSING = Set.of("level", "lag");

    private TreeChecks() {}

    static List<CheckFinding> findings(CheckFacts facts) {
        ManagedTree tree = facts.tree();
        List<CheckFinding> findings = new ArrayList<>();
        HealthRules.settings(tree).forEach(f -> findings.add(as(Check.SETTINGS, f)));
        HealthRules.filters(facts.app(), tree).forEach(f -> findings.add(as(Check.FILTERS, f)));
        HealthRules.absences(facts.app(), tree, facts.wishes().ignoreFailOnStart())
                .forEach(f -> findings.add(as(absence(tree, f), f)));
        facts.tree().allReplicas().forEach(r -> sourceName(facts, r).ifPresent(findings::add));
        candidates(facts).ifPresent(findings::add);
        fence(facts).ifPresent(findings::add);
        if (facts.wishes().health()) {
            HealthRules.health(tree, facts.wishes().lagLimit()).forEach(f -> findings.add(as(Check.REPLICATION, f)));
            source(tree).ifPresent(findings::add);
            noBinlog(tree).ifPresent(findings::add);
        }
        return findings;
    }

    private static CheckFinding as(Check check, Finding finding) {
        String sentence = finding.sentence();
        String whole = sentence.matches("(?s).*[.)!]") ? sentence : sentence + ".";
        return CheckFinding.of(check, finding.server(), whole, finding.cure());
    }

    private static Check absence(ManagedTree tree, Finding finding) {
        if (!finding.isError()) {
            return Check.ABSENCE_IGNORED;
        }
        return tree.replica(finding.server()).isPresent() ? Check.SQL_ERROR : Check.SERVER_MISSING;
    }

    private static Optional<CheckFinding> sourceName(CheckFacts facts, Replica replica) {
        ServerId source = facts.tree().source();
        ReplicaStatus status = replica.status();
        if (status.pointsTo(source)
                || status.isBeingLevelled()
                || facts.names().lead(status.sourceHost(), status.sourcePort(), source)) {
            return Optional.empty();
        }
        return Optional.of(
                CheckFinding.of(
                        Check.SOURCE_NAME,
                        replica.id(),
                        "%s knows %s as %s, which does not lead there from the manager's host; when the master is dead, only a manager that saw it alive knows whom %s follows."
                                .formatted(replica.id(), source, status.source(), replica.id()),
                        "Make the name resolvable at the manager's host, or set hostname or ip of the master's section to it."));
    }

    private static Optional<CheckFinding> source(ManagedTree tree) {
        if (!tree.sourceAlive()) {
            return Optional.of(CheckFinding.of(
                    Check.SOURCE_DEAD,
                    tree.source(),
                    "Master " + tree.source() + " is not alive.",
                    "Start it; a manager that is started now fails over after four more failed checks."));
        }
        return tree.sourceFacts()
                .filter(f -> f.readOnly())
                .map(f -> CheckFinding.of(
                        Check.SOURCE_READ_ONLY,
                        tree.source(),
                        "Master " + tree.source() + " has " + (f.superReadOnly() ? "super_read_only=1" : "read_only=1")
                                + ", so clients cannot write.",
                        f.superReadOnly()
                                ? "SET GLOBAL super_read_only=0, read_only=0 there, if clients are to write."
                                : "SET GLOBAL read_only=0 there, if clients are to write."));
    }

    private static Optional<CheckFinding> noBinlog(ManagedTree tree) {
        return tree.sourceFacts()
                .filter(f -> f.binlog().isEmpty())
                .map(
                        f -> CheckFinding.of(
                                Check.NO_BINLOG,
                                tree.source(),
                                "log-bin is not set on master " + tree.source()
                                        + ", so no slave receives what is written there, and nobody else will have it.",
                                "Set log_bin in its configuration file, restart it, and rebuild its slaves if clients wrote meanwhile."));
    }

    private static Optional<CheckFinding> candidates(CheckFacts facts) {
        Ballot ballot = ballot(facts);
        return ballot.cards().stream().anyMatch(TreeChecks::mayBecomeMaster)
                ? Optional.empty()
                : Optional.of(CheckFinding.general(
                        Check.NO_CANDIDATE,
                        "None of slaves can be master: " + ballot.explanation() + ".",
                        "Remove what speaks against one of them, or add a replica."));
    }

    private static Optional<CheckFinding> fence(CheckFacts facts) {
        ServerId source = facts.tree().source();
        boolean ssh = facts.host(source).sshProblem().isEmpty();
        return new FailoverPlanner()
                .fenceImpossible(failover(facts, ssh))
                .map(no -> CheckFinding.of(
                        Check.FENCE,
                        source,
                        "require_fence=1, but nothing could prove that %s is stopped once it is dead: %s, and shutdown_script is not set."
                                .formatted(source, ssh ? "fence=none" : "SSH to its host does not answer"),
                        "Define shutdown_script, or let SSH reach its host with fence=ssh, or set require_fence=0."));
    }

    private static Ballot ballot(CheckFacts facts) {
        return new FailoverPlanner().ballot(failover(facts, true));
    }

    private static FailoverFacts failover(CheckFacts facts, boolean ssh) {
        return new FailoverFacts(
                facts.app(),
                facts.tree(),
                Optional.empty(),
                Optional.empty(),
                ssh,
                FailoverWishes.DEFAULT,
                Progress.NONE);
    }

    /** Who might be elected, now or when it has caught up. */
    static Set<ServerId> heirs(CheckFacts facts) {
        return ballot(facts).cards().stream()
                .filter(TreeChecks::mayBecomeMaster)
                .map(Ballot.Card::server)
                .collect(Collectors.toSet());
    }

    private static boolean mayBecomeMaster(Ballot.Card card) {
        return card.findings().stream().allMatch(f -> f.passed() || PASSING.contains(f.rule()));
    }
}
