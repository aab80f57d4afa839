package io.mha4j.cli.outlook;

import io.mha4j.cli.command.Machine;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.report.EventLog;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells when a failover has become impossible, or clients do not reach the master, and when that is over: the log each time,
 * people by mail and webhook at most every ten minutes. Remembers what it told for as long as the manager lives. Safe for use by
 * several threads.
 */
public final class OutlookTeller {
    /**
     * Numbers that stand alone, also as a bound; places in binary logs; what GTIDs end with; and that what is left to execute is a
     * guess while whole log files are among it. Not those that are part of a name, an address or a version, nor that of an error.
     */
    private static final Pattern FIGURE = Pattern.compile(String.join(
            "|",
            "; a guess, for whole log files among them: \\d+",
            "(?:\\b(?:about|at least) )?(?<![\\w.:-])(?<!(?i:error|errno|status|exit)(?:[ _]code)?[ :=#]{1,3})\\d+(?:\\.\\d+)?(?![\\w:-]|\\.\\d)",
            "\\.\\d{6,}(?::\\d+)?",
            "(?<=[0-9a-fA-F]{12}):[\\w:-]+",
            "(?<![\\w.-])(\\d+-\\d+)-\\d+(?![\\w-]|\\.\\w)"));

    private final EventLog log;
    private final AlarmPace pace = new AlarmPace(true, SystemTime.TICKS);
    private final AlarmPace addressPace = new AlarmPace(true, SystemTime.TICKS);
    /** What forbade a failover at the look before, by its words without figures. */
    private Map<String, String> before = Map.of();

    private List<String> warnedOf = List.of();

    public OutlookTeller(EventLog log) {
        this.log = log;
    }

    synchronized void tell(Application app, Outlook now) {
        Map<String, String> present = new LinkedHashMap<>();
        now.obstacles().forEach(o -> present.put(withoutFigures(o), o));
        if (now.master().isEmpty()) {
            // Without a tree most of it cannot be told, so nothing is over.
            before.forEach(present::putIfAbsent);
        }
        present.forEach((kind, obstacle) -> {
            if (!before.containsKey(kind)) {
                log.error("If the master died now, there would be NO FAILOVER: {}", obstacle);
            }
        });
        over(present, now);
        before = present;
        alarm(app, pace, now.possible() ? "failover possible again" : "failover impossible", now.possible(), now);
        now.warnings().ifPresent(warnings -> warn(app, warnings, now));
    }

    private void over(Map<String, String> present, Outlook now) {
        if (!now.possible()) {
            before.forEach((kind, obstacle) -> {
                if (!present.containsKey(kind)) {
                    log.info("This is over, but not all that forbids a failover: {}", obstacle);
                }
            });
        } else if (!before.isEmpty()) {
            log.info(
                    "A failover would be possible again; new master: {}",
                    now.newMaster().orElse("none"));
        }
    }

    /** What grows by the minute or with each byte is no news. */
    private static String withoutFigures(String obstacle) {
        return FIGURE.matcher(obstacle).replaceAll("$1");
    }

    private void warn(Application app, List<String> warnings, Outlook now) {
        warnings.stream().filter(w -> !warnedOf.contains(w)).forEach(w -> log.warning("{}", w));
        warnedOf.stream().filter(w -> !warnings.contains(w)).forEach(w -> log.info("This is over: {}", w));
        warnedOf = warnings;
        boolean right = warnings.isEmpty();
        alarm(app, addressPace, right ? "virtual address right again" : "virtual address wrong", right, now);
    }

    private void alarm(Application app, AlarmPace ofThis, String event, boolean well, Outlook now) {
        if (ofThis.isDue(well)
                && new Alarm(app, log).send(event, now.lines(), new Post(event, app.name(), Machine.name(), now))) {
            ofThis.told(well);
        }
    }

    /** What is posted to the webhook. */
    private record Post(String event, String application, String manager, Outlook ifTheMasterDiedNow) {}
}
