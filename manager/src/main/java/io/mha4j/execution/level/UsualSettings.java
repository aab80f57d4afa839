package io.mha4j.execution.level;

import io.mha4j.archive.Archive;
import io.mha4j.base.ServerId;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.Step;
import io.mha4j.mysql.SourceTarget;
import io.mha4j.report.EventLog;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.Replica;
import io.mha4j.topology.ReplicaStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * How replicas follow their real source while a levelling has them follow a feed: noted on disk beside the archive until it is put
 * back. Different servers may be asked for by different threads.
 */
public final class UsualSettings {
    private final FailoverFacts facts;
    private final EventLog log;
    private final JsonForm json = new JsonForm();
    /** From which archive each was levelled last in this run. */
    private final Map<ServerId, Archive> archives = new ConcurrentHashMap<>();

    /** Settings of one run's levellings. */
    public UsualSettings(FailoverFacts facts, EventLog log) {
        this.facts = facts;
        this.log = log;
    }

    /** How a replica follows its real source: host, port, account, and how it keeps in touch. Holds no password. */
    public record Usual(String host, int port, String user, SourceTarget.Link link) {}

    /**
     * Of one whose levelling was cut off it stands beside the archive; what it shows itself is the levelling's.
     *
     * @param shown how it keeps in touch now
     */
    public Usual of(ServerId server, ReplicaStatus before, SourceTarget.Link shown, Archive archive) {
        archives.put(server, archive);
        if (before.isBeingLevelled()) {
            return noted(server, archive).orElseGet(() -> unnoted(before, server, shown));
        }
        Usual usual = new Usual(before.sourceHost(), before.sourcePort(), before.user(), shown);
        archive.note(noteOf(server), json.line(usual));
        return usual;
    }

    /** They are put back. */
    public void forget(ServerId server, Archive archive) {
        archive.crossOut(noteOf(server));
    }

    /** How one is to keep in touch with a new source: as it does, unless that is the levelling's, which could not be put back. */
    public SourceTarget.Link link(ServerId server, ReplicaStatus now) {
        if (!now.isBeingLevelled()) {
            return SourceTarget.Link.AS_IT_IS;
        }
        return Stream.concat(Optional.ofNullable(archives.get(server)).stream(), earlier(server))
                .flatMap(archive -> noted(server, archive).stream())
                .findFirst()
                .map(Usual::link)
                .orElseGet(() -> warned(server, SourceTarget.Link.AS_IT_IS));
    }

    /** Those from which a process before this one levelled it. */
    private Stream<Archive> earlier(ServerId server) {
        return facts.progress().outcomes().stream()
                .flatMap(o -> o.step() instanceof Step.Level level ? Stream.of(level) : Stream.empty())
                .filter(level -> level.server().equals(server))
                .map(level -> Path.of(level.archive()))
                .filter(Files::exists)
                .map(Archive::read);
    }

    private Optional<Usual> noted(ServerId server, Archive archive) {
        return archive.note(noteOf(server)).map(text -> json.read(text, Usual.class));
    }

    /** As it was when the failover began, or as the configuration has it. */
    private Usual unnoted(ReplicaStatus before, ServerId server, SourceTarget.Link shown) {
        ReplicaStatus first = facts.tree().replica(server).map(Replica::status).orElse(before);
        ServerId source = facts.tree().source();
        SourceTarget.Link link = warned(server, shown);
        return first.isBeingLevelled()
                ? new Usual(source.host(), source.port(), first.user(), link)
                : new Usual(first.sourceHost(), first.sourcePort(), first.user(), link);
    }

    private SourceTarget.Link warned(ServerId server, SourceTarget.Link link) {
        log.warning(
                "{}: how it kept in touch with its source before a levelling of it was cut off is not noted here: its delay, TLS,"
                        + " heartbeat and retry settings are the levelling's; set them as they are to be (CHANGE MASTER TO)",
                server);
        return link;
    }

    private static String noteOf(ServerId server) {
        return server.section() + ".usual";
    }
}
