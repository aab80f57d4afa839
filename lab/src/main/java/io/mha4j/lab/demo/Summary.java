package io.mha4j.lab.demo;

import io.mha4j.lab.check.LossClaim;
import io.mha4j.lab.check.WriteComparison;
import io.mha4j.lab.fault.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the demo found, and the judgement over it.
 *
 * @param setting   what was run
 * @param timeline  moments in order
 * @param newSource the one writable server; empty if there is none or more than one
 * @param downtime  as clients saw it; empty if no write was acknowledged after the fault
 * @param control   longest time without an acknowledged write before the fault
 * @param writes    recorded writes against rows of the new source; empty without a new source
 * @param replicas  what became of each other replica
 * @param claim     what the manager says about lost transactions
 * @param exitCode  the manager's; empty if it had to be ended
 * @param oldSource what became of it when it was started again; empty without a new source
 */
record Summary(
        Setting setting,
        List<Moment> timeline,
        Optional<String> newSource,
        Optional<Duration> downtime,
        Optional<Duration> control,
        Optional<WriteComparison> writes,
        List<Replica> replicas,
        Optional<LossClaim> claim,
        Optional<Integer> exitCode,
        Optional<OldSource> oldSource) {
    /** Exit code of {@code masterha rejoin} for a server that has transactions of its own. */
    private static final int DIVERGED = 10;

    Summary {
        timeline = List.copyOf(timeline);
        replicas = List.copyOf(replicas);
    }

    /** What was run: kind of server, way of following, fault. */
    record Setting(String server, boolean gtid, Scenario scenario) {
        String title() {
            return "What happened: %s, %s, %s".formatted(server, gtid ? "GTID" : "file and position", scenario.title());
        }
    }

    /**
     * The old source after {@code masterha rejoin}.
     *
     * @param readOnly whether it is closed for writers
     */
    record OldSource(String server, int exitCode, boolean follows, boolean equal, boolean readOnly) {
        /** Home, or with transactions of its own and left alone, which then must be true. */
        boolean fine() {
            return readOnly && (exitCode == 0 ? follows && equal : exitCode == DIVERGED && !follows && !equal);
        }

        String sentence() {
            String closed = readOnly ? "it is read-only" : "it is NOT read-only";
            return switch (exitCode) {
                case 0 ->
                    "%s follows the new source%s; %s"
                            .formatted(server, equal ? " and is equal" : ", NOT equal", closed);
                case DIVERGED ->
                    "%s has transactions of its own, which were saved and listed; it is left alone, %s"
                            .formatted(server, closed);
                default -> "%s was NOT taken in: masterha rejoin ended with %d; %s".formatted(server, exitCode, closed);
            };
        }
    }

    /**
     * A moment.
     *
     * @param after since the fault; empty if it did not come
     */
    record Moment(Optional<Duration> after, String what) {}

    /** A replica after the failover. */
    record Replica(String server, boolean follows, boolean equal, String seen) {}

    /** The same, and what became of the old source. */
    Summary with(Optional<OldSource> old) {
        return new Summary(setting, timeline, newSource, downtime, control, writes, replicas, claim, exitCode, old);
    }

    /** What is not as it should be; empty means that all is well. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        exitCode.ifPresentOrElse(
                code -> addIf(faults, code != 0, "the manager ended with exit code " + code),
                () -> faults.add("the manager did not end by itself"));
        addIf(faults, newSource.isEmpty(), "there is not exactly one writable server");
        addIf(faults, downtime.isEmpty(), "no write was acknowledged after the fault");
        writes.ifPresent(found -> {
            addIf(faults, !found.duplicated().isEmpty(), found.duplicated().size() + " writes are there twice");
            addIf(faults, !found.unexpected().isEmpty(), found.unexpected().size() + " refused writes happened");
        });
        for (Replica replica : replicas) {
            addIf(faults, !replica.follows(), replica.server() + " does not follow the new source: " + replica.seen());
            addIf(faults, !replica.equal(), replica.server() + " is not equal to the new source");
        }
        addIf(faults, claim.isEmpty(), "the manager states no verdict about lost transactions");
        boolean untrue = claim.isPresent()
                && writes.filter(found -> !claim.get().agreesWith(found)).isPresent();
        addIf(faults, untrue, "the manager's verdict is not true");
        oldSource.filter(old -> !old.fine()).ifPresent(old -> faults.add("the old source " + old.sentence()));
        return faults;
    }

    private static void addIf(List<String> faults, boolean wrong, String what) {
        if (wrong) {
            faults.add(what);
        }
    }

    /** For a terminal; ends with one line that says whether all is as it should be. */
    String text() {
        StringBuilder text = new StringBuilder(setting.title()).append('\n');
        for (Moment moment : timeline) {
            text.append(
                    "%12s  %s%n".formatted(moment.after().map(Summary::seconds).orElse("never"), moment.what()));
        }
        row(text, "new source", newSource.orElse("none"));
        row(
                text,
                "downtime",
                downtime.map(time -> time.toMillis() + " ms as clients saw it").orElse("not over")
                        + control.map(time -> "; longest gap before the fault " + time.toMillis() + " ms")
                                .orElse(""));
        row(text, "writes", writes.map(WriteComparison::sentence).orElse("not compared"));
        row(text, "verdict", verdict());
        for (Replica replica : replicas) {
            String state = (replica.follows() ? "follows the new source" : replica.seen())
                    + (replica.equal() ? " and is equal" : ", NOT equal");
            row(text, "replica", replica.server() + " " + state);
        }
        oldSource.ifPresent(old -> row(text, "old source", old.sentence()));
        row(text, "manager says", claim.map(LossClaim::line).orElse("nothing about lost transactions"));
        List<String> faults = faults();
        row(text, "result", faults.isEmpty() ? "all is as it should be" : "NOT as it should be:");
        faults.forEach(fault -> text.append("                - ").append(fault).append('\n'));
        return text.toString();
    }

    /** The rows' word and the manager's: only together they make a proof. */
    private String verdict() {
        String claimed = claim.filter(LossClaim::proven).isPresent() ? "proven" : "the manager has no proof";
        return writes.map(found -> found.lost().size() + " lost, "
                        + (found.lost().isEmpty() ? claimed : "see the manager's word below"))
                .orElse("not known");
    }

    private static void row(StringBuilder text, String name, String value) {
        text.append("%-14s  %s%n".formatted(name, value));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%+.3f s", time.toMillis() / 1000.0);
    }
}
