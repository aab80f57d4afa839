package io.mha4j.report.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mha4j.base.ServerId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From a value to its tree, as the mapper that reads it back would make it. The mapper's own way costs a tenth of a second of
 * processor time in a new process, which a failover does not have to spare (docs/decisions/0008-writing-json.md); what is not
 * made of records, collections and plain values is left to it. Safe for use by several threads.
 */
final class FormTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Map<Class<?>, Form> forms = new ConcurrentHashMap<>();
    private final Function<Object, JsonNode> others;

    /** @param others for values of all other types */
    FormTree(Function<Object, JsonNode> others) {
        this.others = others;
    }

    /**
     * How a record looks.
     *
     * @param kind which variant of a sealed interface it is
     */
    private record Form(Optional<String> kind, List<Part> parts) {}

    private record Part(String name, Method accessor) {}

    JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        Optional<String> own = ValueForms.ownText(value);
        if (own.isPresent()) {
            return NODES.textNode(own.get());
        }
        if (value instanceof Record part) {
            return ofRecord(part);
        }
        if (value instanceof Optional<?> part) {
            return of(part.orElse(null));
        }
        if (value instanceof Collection<?> parts) {
            return ofAll(parts);
        }
        return value instanceof Map<?, ?> map ? ofMap(map) : plain(value);
    }

    private JsonNode plain(Object value) {
        if (value instanceof String text) {
            return NODES.textNode(text);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        if (value instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Enum<?> constant) {
            return NODES.textNode(constant.name());
        }
        if (value instanceof Instant || value instanceof Duration) {
            return NODES.textNode(value.toString());
        }
        return value instanceof JsonNode node ? node : others.apply(value);
    }

    private ArrayNode ofAll(Collection<?> values) {
        ArrayNode all = NODES.arrayNode();
        values.forEach(value -> all.add(of(value)));
        return all;
    }

    private JsonNode ofMap(Map<?, ?> map) {
        ObjectNode object = NODES.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = entry.getKey();
            if (key instanceof ServerId server) {
                object.set(ValueForms.key(server), of(entry.getValue()));
            } else if (key instanceof String text) {
                object.set(text, of(entry.getValue()));
            } else if (key instanceof Enum<?> constant) {
                object.set(constant.name(), of(entry.getValue()));
            } else {
                return others.apply(map);
            }
        }
        return object;
    }

    private ObjectNode ofRecord(Record value) {
        Form form = forms.computeIfAbsent(value.getClass(), FormTree::learn);
        ObjectNode object = NODES.objectNode();
        form.kind().ifPresent(kind -> object.put(SealedKinds.PROPERTY, kind));
        form.parts().forEach(part -> object.set(part.name(), of(got(part, value))));
        return object;
    }

    private static Form learn(Class<?> type) {
        Optional<String> kind = SealedKinds.kindOf(type);
        List<Part> parts = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            // A public method of a record that is not public itself.
            accessor.setAccessible(true);
            parts.add(new Part(component.getName(), accessor));
        }
        return new Form(kind, List.copyOf(parts));
    }

    private static @Nullable Object got(Part part, Record from) {
        try {
            return part.accessor().invoke(from);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalArgumentException(from.getClass().getName() + " does not tell its " + part.name(), e);
        }
    }
}
