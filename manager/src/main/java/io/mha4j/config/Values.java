package io.mha4j.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The checked values of one section, as set there or after inheritance; never changes.
 *
 * @param section its name, for example {@code server1}
 * @param at      where its header stands
 */
public record Values(String section, Origin at, Map<Parameter<?>, Setting> settings) {
    public Values {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Where and as what {@code parameter} is set; nothing when it is not. */
    public Optional<Setting> setting(Parameter<?> parameter) {
        return Optional.ofNullable(settings.get(parameter));
    }

    /** The typed value; nothing when it is not set or set to nothing. */
    public <T> Optional<T> find(Parameter<T> parameter) {
        return setting(parameter)
                .filter(setting -> !(parameter.isOptional() && setting.text().isEmpty()))
                .map(setting -> parameter.parse(setting.text()));
    }

    /**
     * The typed value of a parameter that always has one.
     *
     * @throws IllegalStateException if it has none
     */
    public <T> T get(Parameter<T> parameter) {
        return find(parameter).orElseThrow(() -> new IllegalStateException(section + " has no " + parameter));
    }

    /** The text of a value for people: secrets are masked, an absent value is empty. */
    public String shown(Parameter<?> parameter) {
        String text = setting(parameter).map(Setting::text).orElse("");
        return parameter.isSecret() && !text.isEmpty() ? "***" : text;
    }

    /** The same with one value set or replaced. */
    public Values with(Parameter<?> parameter, Setting setting) {
        Map<Parameter<?>, Setting> changed = new LinkedHashMap<>(settings);
        changed.put(parameter, setting);
        return new Values(section, at, changed);
    }
}
