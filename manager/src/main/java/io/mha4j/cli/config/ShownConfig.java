package io.mha4j.cli.config;

import io.mha4j.config.EffectiveConfig;
import io.mha4j.config.Parameter;
import io.mha4j.config.Parameter.Scope;
import io.mha4j.config.Parameters;
import io.mha4j.config.Setting;
import io.mha4j.config.Values;
import io.mha4j.settings.LoadedSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A configuration as it is shown to people and programs: secrets are masked, every value has its origin. */
record ShownConfig(String app, String conf, List<Section> sections, List<String> warnings) {
    record Section(String name, List<Row> rows) {}

    /**
     * @param value masked where it is a secret; absent: not set
     * @param from  the place it came from, or what stands in for a value that is not set
     */
    record Row(String name, Optional<String> value, String from) {}

    static ShownConfig of(LoadedSettings loaded) {
        EffectiveConfig effective = loaded.effective();
        List<Section> sections = new ArrayList<>();
        sections.add(
                section(effective.application(), Parameters.ALL.stream().filter(p -> p.scope() == Scope.APPLICATION)));
        effective.servers().forEach(server -> sections.add(section(server, Parameters.usedBy(false))));
        effective.binlogHosts().forEach(host -> sections.add(section(host, Parameters.usedBy(true))));
        return new ShownConfig(
                loaded.application().name(),
                loaded.application().confFile(),
                sections,
                loaded.application().warnings());
    }

    private static Section section(Values values, Stream<Parameter<?>> parameters) {
        return new Section(values.section(), parameters.map(p -> row(values, p)).toList());
    }

    private static Row row(Values values, Parameter<?> parameter) {
        Optional<Setting> setting = values.setting(parameter);
        return new Row(
                parameter.name(),
                setting.map(s -> values.shown(parameter)),
                setting.map(s -> s.origin().text())
                        .orElseGet(() -> "not set"
                                + parameter
                                        .whenAbsent()
                                        .map(text -> ": " + text)
                                        .orElse("")));
    }
}
