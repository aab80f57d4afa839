package io.mha4j.execution.resume;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mha4j.base.ServerId;
import io.mha4j.config.Application;
import io.mha4j.config.ServerSettings;
import io.mha4j.report.journal.JournalContent;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.journal.JournalContent.StepRecord;
import io.mha4j.report.journal.JournalEntry.Opened;
import io.mha4j.report.json.JsonForm;
import io.mha4j.topology.ManagedTree;
import io.mha4j.topology.Replica;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A journal in which each server is written as the configuration has it now. Whoever has the same name and port is the same
 * server: since it was written sections may have come and gone, and a name may mean another address.
 */
public final class CalledNow {
    private static final Set<String> SERVER = Set.of("order", "section", "host", "ip", "port");

    private final JsonForm json;
    private final Application app;

    private CalledNow(JsonForm json, Application app) {
        this.json = json;
        this.app = app;
    }

    /** The same run; servers that the configuration does not name any more stay as they were written. */
    public static JournalContent of(JournalContent run, JsonForm json, Application app) {
        CalledNow now = new CalledNow(json, app);
        Opened opened = run.opened();
        return new JournalContent(
                new Opened(
                        opened.version(),
                        opened.run(),
                        opened.app(),
                        opened.operation(),
                        opened.at(),
                        opened.by(),
                        now.written(opened.facts())),
                run.resumed(),
                run.steps().stream().map(now::written).toList(),
                run.closed(),
                run.torn());
    }

    /** Somebody who takes part in the run, and whom the configuration does not name any more. */
    public static Optional<ServerId> gone(ManagedTree tree, Application app) {
        return Stream.concat(Stream.of(tree.source()), tree.replicas().stream().map(Replica::id))
                .filter(s -> app.calledAs(s).isEmpty())
                .findFirst();
    }

    /** With those of the tree who are gone as the last ones: nobody connects to them, and no setting of theirs decides. */
    static Application remembering(ManagedTree tree, Application app) {
        List<ServerId> gone = Stream.of(
                        Stream.of(tree.source()),
                        tree.allReplicas().stream().map(Replica::id),
                        tree.missing().stream().map(ManagedTree.Missing::id))
                .flatMap(ids -> ids)
                .filter(s -> app.calledAs(s).isEmpty())
                .toList();
        int configured = app.servers().size();
        ServerSettings any = app.servers().get(0);
        return app.withAlso(IntStream.range(0, gone.size())
                .mapToObj(i -> any.withId(new ServerId(
                        configured + i,
                        gone.get(i).section(),
                        gone.get(i).host(),
                        gone.get(i).ip(),
                        gone.get(i).port())))
                .toList());
    }

    private StepRecord written(StepRecord step) {
        End end = step.end() instanceof End.Finished finished
                ? new End.Finished(finished.at(), written(finished.result()))
                : step.end();
        return new StepRecord(step.number(), step.startedAt(), written(step.step()), end);
    }

    private JsonNode written(JsonNode node) {
        if (node.isArray()) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(part -> all.add(written(part)));
            return all;
        }
        return node.isObject() ? object(node) : node;
    }

    private JsonNode object(JsonNode node) {
        Set<String> names = new HashSet<>();
        node.fieldNames().forEachRemaining(names::add);
        if (names.equals(SERVER)) {
            return app.calledAs(json.read(node, ServerId.class))
                    .map(settings -> json.tree(settings.id()))
                    .orElse(node);
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> all.set(name, written(node.get(name))));
        return all;
    }
}
