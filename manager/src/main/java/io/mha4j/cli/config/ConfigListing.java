package io.mha4j.cli.config;

import io.mha4j.settings.LoadedSettings;

/** The effective configuration in the form of a configuration file, the origin of each value behind it. */
final class ConfigListing {
    private ConfigListing() {}

    static String of(LoadedSettings loaded) {
        ShownConfig shown = ShownConfig.of(loaded);
        StringBuilder text = new StringBuilder("# %s, read from %s%n".formatted(shown.app(), shown.conf()));
        for (ShownConfig.Section section : shown.sections()) {
            text.append("%n[%s]%n".formatted(section.name()));
            section.rows().forEach(row -> text.append(line(row)));
        }
        return text.toString();
    }

    private static String line(ShownConfig.Row row) {
        return row.value().isPresent()
                ? "%-55s ; %s%n"
                        .formatted(
                                "%-30s = %s".formatted(row.name(), row.value().get()), row.from())
                : "%-55s ; %s%n".formatted("# " + row.name(), row.from());
    }
}
