package io.mha4j.execution.online;

import io.mha4j.base.ServerId;
import io.mha4j.decision.online.OnlineStage;
import io.mha4j.decision.online.OnlineStep;
import java.time.Duration;
import java.util.List;

/** What a switch asks of the servers: each kind of step, which answers what it learned, in words; and what steps share. */
interface SwitchActs extends OnlineStep.Cases<String> {
    /** What the opening of the new source is built on; known once its coordinates were read. */
    OnlineStage.Opening place();

    /** Takes up a run that was cut off behind that. */
    void remember(OnlineStage.Opening place);

    /** What stays otherwise than before when these are undone; not so for clients. */
    List<String> leftWhenUndone(List<OnlineStep> begun);

    /** How long scripts have run so far. */
    Duration spentInScripts();

    /** Logs in to a server, so that this is done before writes stop. */
    void connect(ServerId server);

    /** What a step needs that may be done while writes still go on. */
    void begin(OnlineStep step);

    /** @throws io.mha4j.mysql.MysqlException if the server does not answer at once */
    void requireAnswer(ServerId server);

    /** Whether a server can be talked to at all. */
    boolean answers(ServerId server);
}
