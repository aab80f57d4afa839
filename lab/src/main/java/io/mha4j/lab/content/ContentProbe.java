package io.mha4j.lab.content;

import io.mha4j.lab.cases.CaseFailed;
import io.mha4j.lab.cases.Probe;
import io.mha4j.lab.check.Equality;
import io.mha4j.lab.server.LabServer;
import io.mha4j.lab.tree.Tree;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hard content itself: each section can be written here, and the servers' own replication carries it. */
public final class ContentProbe implements Probe {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Override
    public void run(Tree tree, Path work) {
        HardContent content =
                HardContent.on(tree.source(), tree.spec().gtid(), tree.spec().format());
        for (String name : content.names()) {
            System.out.println("writing " + name);
            content.write(name);
        }
        tree.awaitReplicated(LIMIT);
        List<LabServer> all = new ArrayList<>(tree.replicas());
        all.add(tree.source());
        Equality equality = Equality.of(all);
        System.out.println(equality.sentence());
        if (!equality.holds()) {
            throw new CaseFailed("the replicas differ from the source");
        }
    }
}
