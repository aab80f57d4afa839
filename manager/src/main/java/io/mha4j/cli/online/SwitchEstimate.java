package io.mha4j.cli.online;

import io.mha4j.base.Deadline;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.SystemTime;
import io.mha4j.config.Application;
import io.mha4j.decision.online.BlockEstimate;
import io.mha4j.decision.online.OnlinePlan;
import io.mha4j.decision.online.OnlineStep;
import io.mha4j.execution.dry.AnswerTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Measures how fast the servers answer, and estimates from that for how long writes would be stopped. */
final class SwitchEstimate {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Application app;
    private Duration slowestLogin = Duration.ZERO;

    SwitchEstimate(Application app) {
        this.app = app;
    }

    Duration of(OnlinePlan plan) {
        Map<ServerId, Duration> questions = new TreeMap<>();
        plan.blocking().stream().map(OnlineStep::server).distinct().forEach(s -> questions.put(s, question(s)));
        return BlockEstimate.of(plan, s -> Optional.ofNullable(questions.get(s)).orElse(Duration.ZERO), slowestLogin);
    }

    private Duration question(ServerId server) {
        AnswerTime time = AnswerTime.of(app.of(server), SystemTime.TICKS, Deadline.in(LIMIT, SystemTime.TICKS));
        slowestLogin = time.login().compareTo(slowestLogin) > 0 ? time.login() : slowestLogin;
        return time.question();
    }
}
