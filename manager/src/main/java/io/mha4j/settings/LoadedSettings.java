package io.mha4j.settings;

import io.mha4j.config.Application;
import io.mha4j.config.EffectiveConfig;

/**
 * A configuration that can be used.
 *
 * @param application the typed settings, with the warnings
 * @param effective   the same as text, each value with the place it came from
 */
public record LoadedSettings(Application application, EffectiveConfig effective) {}
