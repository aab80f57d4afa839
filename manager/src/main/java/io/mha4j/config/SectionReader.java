package io.mha4j.config;

import io.mha4j.config.IniFile.Entry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the entries of one section against the declared parameters; what is wrong goes to the findings. */
final class SectionReader {
    /** The kinds of section, each with its own parameters that have an effect. */
    enum Kind {
        DEFAULTS,
        SERVER,
        BINLOG_HOST
    }

    private final String file;
    private final Findings findings;

    SectionReader(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /** The values that have an effect there. */
    Values read(String section, int line, List<Entry> entries) {
        Kind kind = kindOf(section);
        Map<Parameter<?>, Setting> settings = new LinkedHashMap<>();
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Origin at = new Origin.Line(file, entry.line());
            Integer first = seen.putIfAbsent(entry.key(), entry.line());
            if (first != null) {
                findings.problem(at, "%s is set already in line %d; remove one of them".formatted(entry.key(), first));
            } else {
                effective(entry, at, section, kind)
                        .ifPresent(
                                parameter -> settings.put(parameter, new Setting(entry.value(), entry.quoted(), at)));
            }
        }
        return new Values(section, new Origin.Line(file, line), settings);
    }

    static Kind kindOf(String section) {
        if (section.equals(ConfigReader.DEFAULTS)) {
            return Kind.DEFAULTS;
        }
        return section.startsWith("server") ? Kind.SERVER : Kind.BINLOG_HOST;
    }

    /** The parameter that the entry sets, if it is a known one, with an allowed value, in a place where it counts. */
    private Optional<Parameter<?>> effective(Entry entry, Origin at, String section, Kind kind) {
        Optional<Parameter<?>> known = Parameters.named(entry.key());
        if (known.isEmpty()) {
            findings.problem(at, unknown(entry.key()));
            return Optional.empty();
        }
        Parameter<?> parameter = known.get();
        if (parameter.retired().isEmpty() && !parameter.accepts(entry.value())) {
            String value = parameter.isSecret() ? "***" : entry.value();
            findings.problem(at, "%s=%s: must be %s".formatted(parameter, value, parameter.allowed()));
            return Optional.empty();
        }
        Optional<String> idle = whyIdle(parameter, section, kind);
        idle.ifPresent(why -> findings.warning(at, parameter + " " + why));
        return idle.isPresent() ? Optional.empty() : known;
    }

    /** Does not repeat the value: the name may be a mistyped password. */
    private static String unknown(String name) {
        return name + ": no such parameter"
                + Parameters.nearest(name)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("; masterha config --help tells where all are listed");
    }

    private static Optional<String> whyIdle(Parameter<?> parameter, String section, Kind kind) {
        if (parameter.retired().isPresent()) {
            return Optional.of(
                    "is accepted but has no effect: " + parameter.retired().get());
        }
        String here = "has no effect in [" + section + "]";
        return switch (kind) {
            case DEFAULTS ->
                parameter.scope() == Parameter.Scope.SERVER
                        ? Optional.of(here + "; set it in the section of the server that is meant")
                        : Optional.empty();
            case SERVER -> onlyForAll(parameter, here);
            case BINLOG_HOST -> parameter.usedByBinlogHosts() ? Optional.empty() : Optional.of(here);
        };
    }

    private static Optional<String> onlyForAll(Parameter<?> parameter, String here) {
        return parameter.scope() == Parameter.Scope.APPLICATION
                ? Optional.of(here + "; set it in [" + ConfigReader.DEFAULTS + "]")
                : Optional.empty();
    }
}
