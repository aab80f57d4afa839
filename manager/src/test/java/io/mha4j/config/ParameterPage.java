package io.mha4j.config;

import java.util.List;
import java.util.Locale;

/** The reference page of the parameters, made from their declarations. */
final class ParameterPage {
    private static final String INTRODUCTION = """
            # Parameters

            Generated from the declarations; do not edit. `masterha config --conf=FILE` shows which values count.

            ## The files

            `--conf` names the file of one application (one replication tree): `[server default]`, a `[server<id>]` for
            each server and, where there are any, a `[binlog<id>]` for each host that keeps copies of the binary logs.
            `--global_conf` (default `/etc/masterha_default.cnf`) holds a `[server default]` for all applications.

            A server's own section goes before the lines that `init_conf_load_script` prints, these before
            `[server default]` of the application's file, that before the global file, that before the built-in default.
            A value set to nothing counts as set: `shutdown_script=` switches an inherited script off.
            *Where* says how far that goes: *server* parameters have an effect in the server's own section only,
            *application* parameters in `[server default]` only, *any* in all of them.
            Those marked *binlog* are used from `[binlog<id>]` sections too.

            Servers are processed in the order of the number in their section names (`server2` before `server10`), or,
            when one of the names has no number, in the order of the names as text.

            ## How a line is read

            * `name = value`, split at the first `=`; blanks around both are dropped.
            * Lines that start with `#` or `;` are comments. In a value, ` ; ` (blank, semicolon, blank) starts a comment;
              `#` does not.
            * A value may stand in single or double quotes. Everything inside is then the value, ` ; ` too. The closing
              quote is the one at the end of the line or before a comment; a quote that would be mistaken for it is
              written twice: `'a'' ; b'` is `a' ; b`. A quote at one end only belongs to the value.
            * A section, or a name within a section, must not occur twice.
            * Passwords may be `env:NAME` (a variable of the manager's environment) or `file:PATH` (the first line of a
              file); one that is empty there is an error. In quotes the text is the password itself.
            """;

    private final List<Parameter<?>> parameters;

    ParameterPage(List<Parameter<?>> parameters) {
        this.parameters = parameters;
    }

    String text() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (Parameter.Group group : Parameter.Group.values()) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| Parameter | Type | Default | Where | Meaning |\n|---|---|---|---|---|\n");
            parameters.stream().filter(p -> p.group() == group).forEach(p -> page.append(row(p)));
        }
        return page.toString();
    }

    private static String row(Parameter<?> parameter) {
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        parameter.name(),
                        parameter.typeName(),
                        parameter
                                .defaultText()
                                .map(ParameterPage::value)
                                .orElse(parameter.whenAbsent().orElse("–")),
                        where(parameter),
                        meaning(parameter));
    }

    private static String value(String text) {
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }

    private static String where(Parameter<?> parameter) {
        String scope = parameter.scope() == Parameter.Scope.INHERITED
                ? "any"
                : parameter.scope().name().toLowerCase(Locale.ROOT);
        return parameter.usedByBinlogHosts() ? scope + ", binlog" : scope;
    }

    private static String meaning(Parameter<?> parameter) {
        String bound = parameter.allowed().contains("at least 1") ? " At least 1." : "";
        return parameter
                .retired()
                .map(why -> "Accepted, no effect: " + why + ". (" + parameter.meaning() + ")")
                .orElse(parameter.meaning() + bound);
    }
}
