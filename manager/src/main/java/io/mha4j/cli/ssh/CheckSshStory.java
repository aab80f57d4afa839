package io.mha4j.cli.ssh;

import io.mha4j.monitor.ssh.SshOutcome;
import io.mha4j.monitor.ssh.SshPath.Need;
import io.mha4j.report.EventLog;
import java.util.List;

/** Tells what became of the connections, in MHA's words. */
final class CheckSshStory {
    private final EventLog log;

    CheckSshStory(EventLog log) {
        this.log = log;
    }

    void tell(List<SshOutcome> outcomes) {
        for (Need need : Need.values()) {
            List<SshOutcome> part =
                    outcomes.stream().filter(o -> o.path().need() == need).toList();
            if (!part.isEmpty()) {
                log.info("{}, needed for {}:", title(need), need.sentence());
                part.forEach(this::tell);
            }
        }
        if (outcomes.stream().noneMatch(SshOutcome::isBad)) {
            log.info("All SSH connection tests passed successfully.");
        } else {
            log.error("SSH Configuration Check Failed!");
        }
    }

    private static String title(Need need) {
        return switch (need) {
            case FAILOVER -> "From this host to the servers";
            case BINLOG_COPIES -> "From this host to hosts with copies of binary logs";
            case FEED -> "Ports of the servers' hosts that lead here";
            case BETWEEN_HOSTS -> "From server to server";
        };
    }

    private void tell(SshOutcome outcome) {
        String start = outcome.path().start();
        String end = outcome.path().end();
        String why = outcome.why().orElse("");
        switch (outcome.result()) {
            case WORKS -> {
                log.debug(" Connecting via SSH from {} to {}..", start, end);
                log.debug("  ok.");
            }
            case FAILED -> {
                if (outcome.isBad()) {
                    log.error("SSH connection from {} to {} failed! {}", start, end, why);
                } else {
                    log.warning(" {}", why);
                }
            }
            case NOT_TESTED -> log.warning(" SSH from {} to {} was not tested: {}", start, end, why);
            case SKIPPED -> log.info(" SSH from {} to {} is not tested: {}", start, end, why);
        }
    }
}
