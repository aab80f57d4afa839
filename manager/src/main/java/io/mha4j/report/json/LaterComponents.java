package io.mha4j.report.json;

import com.fasterxml.jackson.databind.InjectableValues;
import java.util.Map;
import java.util.Optional;

/** What a component that is {@link io.mha4j.base.AddedLater} is where a version before it wrote the record. */
final class LaterComponents {
    private static final Map<Class<?>, Object> VALUES = Map.of(boolean.class, false, Optional.class, Optional.empty());

    static final InjectableValues ABSENT = values();

    private LaterComponents() {}

    private static InjectableValues values() {
        InjectableValues.Std values = new InjectableValues.Std();
        VALUES.forEach((type, value) -> values.addValue(type, value));
        return values;
    }

    /** By which name Jackson finds it. */
    static String idFor(Class<?> type) {
        if (!VALUES.containsKey(type)) {
            throw new IllegalStateException(
                    "a component of type " + type.getName() + " has no value for an absent one");
        }
        return type.getName();
    }
}
