package io.mha4j.report.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.mha4j.base.JsonText;

/**
 * How our values look in JSON, one form for journal, incident and {@code --json}: records by their components, times and
 * durations as in ISO 8601, GTIDs and positions as the server prints them, an absent value as {@code null}. A variant of
 * a sealed interface says which one it is in {@code kind}, the simple name of its record. A secret is {@code ***} and
 * cannot be read back.
 *
 * <p>Reading is strict: an unknown kind, an unknown or missing component is an error, because nothing may be guessed
 * from a record that another version wrote; one that is {@link io.mha4j.base.AddedLater} may be missing. Enum constants are not variants; a sealed interface here permits records (and
 * GTID sets). Immutable, safe for use by several threads.
 */
public final class JsonForm {
    private static final FormTree TREES = new FormTree(JsonForm::byMapper);

    /** For reading, and for what is rarely written; made when it is needed. One for all: what it learned of a class it keeps. */
    private static final class Mapper {
        private static final JsonMapper MAPPER = JsonMapper.builder()
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                .addModule(new ValueForms())
                .annotationIntrospector(new SealedKinds())
                .injectableValues(LaterComponents.ABSENT)
                .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
    }

    /** The value as a tree. */
    public JsonNode tree(Object value) {
        return TREES.of(value);
    }

    /** One line of text, without a line break in it. */
    public String line(Object value) {
        return JsonText.line(tree(value));
    }

    static JsonNode byMapper(Object value) {
        try {
            return Mapper.MAPPER.valueToTree(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(value.getClass().getName() + " has no JSON form", e);
        }
    }

    /** Text with one value per line, for people. */
    public String pretty(Object value) {
        return JsonText.pretty(tree(value));
    }

    /**
     * Reads a tree back.
     *
     * @throws FormException if it is not exactly the form of {@code type}
     */
    public <T> T read(JsonNode tree, Class<T> type) {
        try {
            return Mapper.MAPPER.treeToValue(tree, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw notA(type, e);
        }
    }

    /**
     * Reads text back.
     *
     * @throws FormException if it is no JSON or not exactly the form of {@code type}
     */
    public <T> T read(String text, Class<T> type) {
        try {
            return Mapper.MAPPER.readValue(text, type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw notA(type, e);
        }
    }

    private static FormException notA(Class<?> type, Exception e) {
        String why = e instanceof JsonProcessingException j ? j.getOriginalMessage() : e.getMessage();
        return new FormException(
                "not a " + type.getSimpleName() + " as this version writes it: " + why
                        + "; use the version that wrote it",
                e);
    }
}
