package io.mha4j.decision;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.Gtids;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.LagRule;
import io.mha4j.decision.Ballot.Finding;
import io.mha4j.topology.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What disqualifies a replica from becoming the source. Each rule answers with the value it looked at. */
final class ElectionRules {
    /** MHA's limit: a replica that has more than this left to execute is too far behind. */
    static final long LAG_LIMIT_BYTES = 100_000_000;

    private final List<Candidate> field;
    private final List<Candidate> latest;
    private final Set<ServerId> spent;
    private final History history;
    private final Rescue rescue;

    /**
     * How transactions can be told apart.
     *
     * @param gtids         whether the tree is failed over by GTID
     * @param origins       whose transactions replicas have
     * @param onlyHeir      whether no other configured server, alive or not, replicated from the old source
     * @param named         who alone may be the source, by the operator's word
     * @param lowerTiers    whom servers of a lower tier follow
     * @param withdrawn     whether the old source's address is taken away: from then on clients wait for a new one
     */
    record History(
            boolean gtids,
            Origins origins,
            boolean onlyHeir,
            Optional<FailoverWishes.HostPort> named,
            Set<ServerId> lowerTiers,
            boolean withdrawn) {
        private boolean isNamed(ServerId server) {
            return named.filter(n -> n.host().equals(server.host()) && n.port() == server.port())
                    .isPresent();
        }
    }

    /**
     * @param field         every living replica
     * @param latest        those who received most
     * @param spent         those who failed in this run already
     * @param rescue        what can be had for those that lack something
     */
    ElectionRules(List<Candidate> field, List<Candidate> latest, Set<ServerId> spent, History history, Rescue rescue) {
        this.field = field;
        this.latest = latest;
        this.spent = spent;
        this.history = history;
        this.rescue = rescue;
    }

    Ballot.Card cardOf(Candidate c) {
        List<Finding> findings = new ArrayList<>(besideLogging(c));
        if (history.gtids()) {
            findings.add(logging(c));
        }
        return new Ballot.Card(c.id(), findings);
    }

    private List<Finding> besideLogging(Candidate c) {
        List<Finding> findings = new ArrayList<>(besideLag(c));
        findings.add(lag(c));
        return findings;
    }

    private List<Finding> besideLag(Candidate c) {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "no_master",
                !c.settings().roles().barred(),
                c.settings().roles().barred() ? "no_master=1" : "allowed"));
        findings.add(new Finding(
                "log_bin", c.facts().binlog().isPresent(), c.facts().binlog().isPresent() ? "on" : "log_bin is off"));
        if (c.facts().offline()) {
            findings.add(new Finding(
                    "offline_mode", false, "offline_mode is on (SET GLOBAL offline_mode=OFF there ends that)"));
        }
        if (field.stream().anyMatch(Candidate::acknowledges)) {
            findings.add(new Finding(
                    "semi-sync", true, c.acknowledges() ? "acknowledged commits" : "did not acknowledge commits"));
        }
        findings.add(version(c));
        findings.add(delay(c));
        findings.add(new Finding(
                "this run",
                !spent.contains(c.id()),
                spent.contains(c.id()) ? "failed earlier in this run" : "untried"));
        findings.add(level(c));
        if (history.gtids()) {
            findings.add(errant(c));
        }
        return findings;
    }

    /** A source must not be newer than its replicas: only release series count, as in MHA. */
    private Finding version(Candidate c) {
        if (!c.facts().version().isSupported()) {
            return new Finding("version", false, c.facts().version().tooOld());
        }
        ServerVersion lowest = field.stream()
                .map(f -> f.facts().version())
                .filter(ServerVersion::isSupported)
                .min(ServerVersion::compareSeries)
                .orElseThrow();
        boolean newer = c.facts().version().compareSeries(lowest) > 0;
        return new Finding(
                "version",
                !newer,
                newer
                        ? "version " + c.facts().version() + " is newer than " + lowest + " of another replica"
                        : c.facts().version().text());
    }

    private static Finding delay(Candidate c) {
        long seconds = c.status().delay().toSeconds();
        return new Finding("delay", seconds == 0, seconds == 0 ? "none" : "delayed by " + seconds + " s");
    }

    /**
     * Left to execute until it has what the latest replica received. What only a guess makes too much bars nobody
     * where nobody else is near enough.
     */
    private Finding lag(Candidate c) {
        if (!c.settings().policy().checkReplDelay()) {
            return new Finding("lag", true, "not looked at");
        }
        if (c.settings().policy().lagRule() == LagRule.MHA) {
            return lagByFile(c);
        }
        return left(c).map(left -> {
                    boolean tooFar = left.tooMuch() && (left.certain() > LAG_LIMIT_BYTES || somebodyIsNear(c));
                    return new Finding("lag", !tooFar, left.words());
                })
                .orElseGet(() -> new Finding("lag", true, "not looked at"));
    }

    /** MHA's rule: one that executes an older file is too far behind, however small that is. Numbers of files count, not their text. */
    private Finding lagByFile(Candidate c) {
        return latest.stream()
                .findFirst()
                .flatMap(Candidate::read)
                .flatMap(end -> c.status().applied().map(applied -> lagByFile(applied, end)))
                .orElseGet(() -> new Finding("lag", true, "not looked at"));
    }

    private static Finding lagByFile(BinlogPosition applied, BinlogPosition end) {
        String rule = " (candidate_lag_rule=mha)";
        if (end.filesAfter(applied) > 0) {
            return new Finding(
                    "lag",
                    false,
                    "executes " + applied.file() + ", and the latest replica has received " + end.file() + rule);
        }
        long left = behind(applied, end);
        return new Finding("lag", left <= LAG_LIMIT_BYTES, left + " bytes left to execute" + rule);
    }

    /** By GTID somebody who logs what it applies gives way to nobody who does not. */
    private boolean somebodyIsNear(Candidate far) {
        return field.stream()
                .filter(c -> !history.gtids() || c.logsWhatItApplies() || !far.logsWhatItApplies())
                .filter(c -> besideLag(c).stream().allMatch(Finding::passed))
                .anyMatch(this::isNear);
    }

    private boolean isNear(Candidate c) {
        ServerSettings.Policy policy = c.settings().policy();
        return !policy.checkReplDelay()
                || (policy.lagRule() == LagRule.MHA
                        ? lagByFile(c).passed()
                        : left(c).filter(Left::tooMuch).isEmpty());
    }

    /**
     * What a replica has left to execute.
     *
     * @param certain bytes at least
     * @param files   whole log files in between
     * @param guessed bytes of those
     */
    private record Left(long certain, long files, long guessed) {
        boolean tooMuch() {
            return certain + guessed > LAG_LIMIT_BYTES;
        }

        String words() {
            if (files > 0) {
                return "about " + (certain + guessed)
                        + " bytes left to execute; a guess, for whole log files among them: " + files;
            }
            return (tooMuch() ? "at least " : "") + certain + " bytes left to execute";
        }
    }

    private Optional<Left> left(Candidate c) {
        Optional<BinlogPosition> end = latest.stream().findFirst().flatMap(Candidate::read);
        return c.status()
                .applied()
                .flatMap(applied -> end.map(to -> {
                    long files = Math.max(0, to.filesAfter(applied) - 1);
                    return new Left(behind(applied, to), files, files * largestSeen(to));
                }));
    }

    /** A lower bound, without the whole files in between. */
    private static long behind(BinlogPosition applied, BinlogPosition end) {
        if (applied.isAtOrAfter(end)) {
            return 0;
        }
        return applied.file().equals(end.file()) ? end.offset() - applied.offset() : end.offset();
    }

    /**
     * What a file of the source's log holds at least, so far as any replica's place tells. A file that nobody stands in is taken to be
     * as large: with max_binlog_size below the limit no place within one file would ever exceed that.
     */
    private long largestSeen(BinlogPosition end) {
        return field.stream()
                .flatMap(c -> Stream.concat(c.read().stream(), c.status().applied().stream()))
                .filter(place -> place.base().equals(end.base()))
                .mapToLong(BinlogPosition::offset)
                .max()
                .orElse(end.offset());
    }

    /**
     * With GTIDs a source that did not log what it applied can give none of that to anybody. It is the source only where nobody else can be,
     * or where it is asked for by name, and where all who are to follow it can be given everything otherwise. Once clients wait for a
     * source, who cannot is left behind.
     */
    private Finding logging(Candidate c) {
        if (c.logsWhatItApplies()) {
            return new Finding("log_slave_updates", true, "on");
        }
        String off = "log_slave_updates is off";
        if (history.lowerTiers().contains(c.id())) {
            return new Finding("log_slave_updates", false, off + ", and servers of a lower tier follow it");
        }
        Optional<Candidate> logger = field.stream()
                .filter(Candidate::logsWhatItApplies)
                .filter(o -> besideLogging(o).stream().allMatch(Finding::passed))
                .findFirst();
        if (logger.isPresent() && !history.isNamed(c.id())) {
            return new Finding(
                    "log_slave_updates",
                    false,
                    off + ", and " + logger.get().id() + ", where it is on, can be promoted");
        }
        Optional<Candidate> behind = field.stream()
                .filter(o -> !o.id().equals(c.id()) && o.status().delay().isZero())
                .filter(o -> !history.withdrawn() && !rescue.canLevel(o))
                .findFirst();
        return behind.map(o -> new Finding(
                        "log_slave_updates", false, off + ", and " + o.id() + " cannot be levelled before it follows"))
                .orElseGet(() -> new Finding(
                        "log_slave_updates",
                        true,
                        "off; "
                                + (logger.isPresent()
                                        ? "it was asked for by name"
                                        : "nobody where it is on can be promoted")
                                + "; others are levelled before they follow"));
    }

    /** One that lacks something must be able to get it: from what was saved or, with GTIDs, from another replica. */
    private Finding level(Candidate c) {
        String at = c.read().map(p -> "read up to " + p).orElse("read nothing");
        if (rescue.helper(c, spent).isPresent() || rescue.canLevel(c)) {
            return new Finding("level", true, at + (rescue.isLatest(c) ? ", as much as any" : " and can be levelled"));
        }
        String why = String.join("; ", rescue.failures());
        return new Finding("level", false, at + " and cannot be levelled" + (why.isEmpty() ? "" : ": " + why));
    }

    /**
     * Transactions of its own that nobody else has: promoted, it would hand them to everybody. Where there is nobody else, as in
     * a pair whose living master served the writes, they are no reason to do without a master; nor where somebody wants just that one.
     */
    private Finding errant(Candidate c) {
        Optional<Gtids> own = history.origins().errant(c);
        if (own.isEmpty()) {
            return new Finding("errant", true, "not known");
        }
        if (own.get().isEmpty()) {
            return new Finding("errant", true, "none");
        }
        if (history.isNamed(c.id())) {
            return new Finding(
                    "errant", true, own.get() + " of its own, which all others get: it was asked for by name");
        }
        return history.onlyHeir()
                ? new Finding("errant", true, own.get() + " of its own, which nobody else would get")
                : new Finding("errant", false, "errant transactions " + own.get());
    }
}
