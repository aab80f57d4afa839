package io.mha4j.cli.node;

import io.mha4j.archive.node.TextFilter;
import io.mha4j.cli.command.Command;
import io.mha4j.cli.command.Option;
import io.mha4j.cli.command.Options;
import io.mha4j.cli.command.Terminal;
import java.io.IOException;
import java.util.List;

/** {@code filter_mysqlbinlog}: standard input to standard output, without what mysqlbinlog adds. */
public final class FilterMysqlbinlogCommand implements Command {
    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    @Override
    public String version() {
        return NodeOptions.VERSION;
    }

    @Override
    public int run(Options options, Terminal terminal) {
        try {
            TextFilter.copy(terminal.in(), terminal.out());
            return 0;
        } catch (IOException e) {
            throw new NodeOptions.NodeException("standard input or output failed: " + e.getMessage(), e);
        }
    }
}
