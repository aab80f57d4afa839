package io.mha4j.config;

import io.mha4j.config.IniFile.Entry;
import io.mha4j.config.IniFile.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From the sections of the two files to the effective values of every server.
 *
 * <p>A server's own section goes before the output of {@code init_conf_load_script}, that before the application's
 * {@code [server default]}, that before the global file's, that before the built-in default. A value that is set to
 * nothing counts as set: {@code shutdown_script=} switches an inherited script off.
 */
public final class ConfigReader {
    /** Name of the section with the defaults. */
    public static final String DEFAULTS = "server default";

    /** How messages name the output of the script. */
    private static final String SCRIPT = "init_conf_load_script";

    private static final Pattern SERVER = Pattern.compile("server\\S+");
    private static final Pattern BINLOG_HOST = Pattern.compile("binlog\\S+");

    private final Findings findings;
    private final Map<String, Values> sections = new LinkedHashMap<>();
    private final String appFile;
    private final Values global;
    private Values defaults;

    /** Checks every section of both files; what is wrong or odd goes to {@code findings}. */
    public ConfigReader(IniFile app, Optional<IniFile> globalFile, Findings findings) {
        this.findings = findings;
        this.appFile = app.file();
        this.global = globalFile.map(this::globalDefaults).orElse(none("no global file"));
        app.problems().forEach(findings::problem);
        for (Section section : app.sections()) {
            accept(section);
        }
        this.defaults = sections.getOrDefault(DEFAULTS, none(appFile));
    }

    /** The value of a parameter for the application as a whole, before built-in defaults. */
    public Optional<Setting> applicationSetting(Parameter<?> parameter) {
        return defaults.setting(parameter).or(() -> global.setting(parameter));
    }

    /** Lets the lines {@code name=value} that {@code init_conf_load_script} printed override the defaults. */
    public void overrideByScript(String output) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (Lines.Line line : Lines.of(output)) {
            number++;
            int equals = line.content().indexOf('=');
            if (equals > 0) {
                Quoting.Value value = Quoting.readWithoutComment(line.content().substring(equals + 1));
                entries.add(
                        new Entry(line.content().substring(0, equals).strip(), value.text(), value.quoted(), number));
            } else if (!line.isBlank()) {
                findings.problem(new Problem(SCRIPT, number, "the script printed a line that is not name=value"));
            }
        }
        Values printed = new SectionReader(SCRIPT, findings).read(DEFAULTS, 0, entries);
        for (Map.Entry<Parameter<?>, Setting> setting : printed.settings().entrySet()) {
            defaults = defaults.with(setting.getKey(), setting.getValue());
        }
    }

    /**
     * The values that count, built-in defaults filled in, servers in MHA's order. Addresses that are not configured are
     * still missing.
     *
     * @param account the account that runs the manager, the default of {@code ssh_user}
     */
    public EffectiveConfig effective(String account) {
        Map<Parameter<?>, Setting> application = new LinkedHashMap<>();
        for (Parameter<?> parameter : Parameters.ALL) {
            if (parameter.scope() == Parameter.Scope.APPLICATION) {
                applicationSetting(parameter)
                        .or(() -> builtIn(parameter))
                        .ifPresent(setting -> application.put(parameter, setting));
            }
        }
        List<Values> servers = new ArrayList<>();
        SectionOrder.of(names(SectionReader.Kind.SERVER)).forEach(name -> servers.add(effective(name, account)));
        List<Values> binlogHosts = new ArrayList<>();
        names(SectionReader.Kind.BINLOG_HOST).stream()
                .sorted()
                .forEach(name -> binlogHosts.add(effective(name, account)));
        if (servers.isEmpty()) {
            findings.problem(new Problem(appFile, 0, "has no [serverN] section; at least one is needed"));
        }
        return new EffectiveConfig(new Values(DEFAULTS, defaults.at(), application), servers, binlogHosts);
    }

    private Values effective(String name, String account) {
        Values own = sections.getOrDefault(name, none(name));
        Map<Parameter<?>, Setting> effective = new LinkedHashMap<>();
        Parameters.usedBy(SectionReader.kindOf(name) == SectionReader.Kind.BINLOG_HOST)
                .forEach(parameter -> own.setting(parameter)
                        .or(() -> applicationSetting(parameter))
                        .or(() -> builtIn(parameter))
                        .ifPresent(setting -> effective.put(parameter, setting)));
        Values values = new Values(name, own.at(), effective);
        if (values.find(Parameters.HOSTNAME).isEmpty()) {
            findings.problem(own.at(), "[" + name + "] has no hostname; add hostname=NAME or remove the section");
        }
        if (values.find(Parameters.SSH_USER).isEmpty()) {
            Origin origin = new Origin.Derived("the account that runs the manager");
            return values.with(Parameters.SSH_USER, new Setting(account, true, origin));
        }
        return values;
    }

    private static Optional<Setting> builtIn(Parameter<?> parameter) {
        return parameter.defaultText().map(text -> new Setting(text, true, new Origin.BuiltIn()));
    }

    private List<String> names(SectionReader.Kind kind) {
        return sections.keySet().stream()
                .filter(name -> SectionReader.kindOf(name) == kind)
                .toList();
    }

    private void accept(Section section) {
        String name = section.name();
        Origin at = new Origin.Line(appFile, section.line());
        if (!name.equals(DEFAULTS)
                && !SERVER.matcher(name).matches()
                && !BINLOG_HOST.matcher(name).matches()) {
            findings.problem(at, "[" + name + "]: must be [server default], [server<id>] or [binlog<id>]");
            return;
        }
        Values values = new SectionReader(appFile, findings).read(name, section.line(), section.entries());
        Values first = sections.putIfAbsent(name, values);
        if (first != null) {
            findings.problem(
                    at, "[" + name + "] stands already at " + first.at().text() + "; join the two");
        }
    }

    private Values globalDefaults(IniFile file) {
        file.problems().forEach(findings::problem);
        Optional<Values> first = Optional.empty();
        for (Section section : file.sections()) {
            Origin at = new Origin.Line(file.file(), section.line());
            if (!section.name().equals(DEFAULTS)) {
                findings.warning(at, "[" + section.name() + "] has no effect in the global file");
            } else if (first.isPresent()) {
                findings.problem(
                        at,
                        "[server default] stands already at " + first.get().at().text() + "; join the two");
            } else {
                first = Optional.of(
                        new SectionReader(file.file(), findings).read(DEFAULTS, section.line(), section.entries()));
            }
        }
        return first.orElse(none(file.file()));
    }

    private static Values none(String where) {
        return new Values(DEFAULTS, new Origin.Derived(where), Map.of());
    }
}
