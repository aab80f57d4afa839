package io.mha4j.report.json;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.mha4j.base.AddedLater;
import io.mha4j.binlog.Gtids;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes Jackson treat our sealed interfaces as it treats annotated ones: a property {@code kind} with the record's simple
 * name. So the facts need no annotations of Jackson's and no knowledge of JSON.
 */
final class SealedKinds extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    static final String PROPERTY = "kind";
    private static final JsonTypeInfo.Value KIND = JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, PROPERTY, null, false, true, false);

    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        boolean ours = annotated instanceof AnnotatedClass type && hasKind(type.getRawType());
        return ours ? KIND : super.findPolymorphicTypeInfo(config, annotated);
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
        if (annotated instanceof AnnotatedClass type && isOurSealed(type.getRawType())) {
            List<NamedType> variants = new ArrayList<>();
            collect(type.getRawType(), variants);
            return variants;
        }
        return super.findSubtypes(annotated);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass type) {
        return kindOf(type.getRawType()).orElseGet(() -> super.findTypeName(type));
    }

    /** Which variant of a sealed interface this is, if it is one. */
    static Optional<String> kindOf(Class<?> type) {
        if (!hasKind(type)) {
            return Optional.empty();
        }
        requireRoomForKind(type);
        return Optional.of(type.getSimpleName());
    }

    /** Jackson's word for a value that does not come from the text. */
    @Override
    public JacksonInject.@Nullable Value findInjectableValue(AnnotatedMember member) {
        return member.hasAnnotation(AddedLater.class)
                ? JacksonInject.Value.construct(LaterComponents.idFor(member.getRawType()), true, false)
                : super.findInjectableValue(member);
    }

    private static void collect(Class<?> sealed, List<NamedType> into) {
        for (Class<?> variant : sealed.getPermittedSubclasses()) {
            if (variant.isSealed()) {
                collect(variant, into);
            } else {
                requireFit(variant, sealed, into);
                into.add(new NamedType(variant, variant.getSimpleName()));
            }
        }
    }

    private static void requireFit(Class<?> variant, Class<?> sealed, List<NamedType> known) {
        if (known.stream().anyMatch(k -> variant.getSimpleName().equals(k.getName()))) {
            throw new IllegalStateException(
                    "two variants of " + sealed.getName() + " are called " + variant.getSimpleName());
        }
        if (!variant.isRecord()) {
            throw new IllegalStateException(variant.getName() + " is no record and has no JSON form");
        }
    }

    private static void requireRoomForKind(Class<?> type) {
        if (type.isRecord()
                && Stream.of(type.getRecordComponents())
                        .anyMatch(c -> c.getName().equals(PROPERTY))) {
            throw new IllegalStateException(type.getName() + " has a component called " + PROPERTY);
        }
    }

    private static boolean hasKind(Class<?> type) {
        return isOurSealed(type) || (type.isRecord() && isVariant(type));
    }

    private static boolean isVariant(Class<?> type) {
        for (Class<?> parent : type.getInterfaces()) {
            if (isOurSealed(parent) || isVariant(parent)) {
                return true;
            }
        }
        return false;
    }

    /** GTIDs have a text form of their own. */
    private static boolean isOurSealed(Class<?> type) {
        return type.isInterface()
                && type.isSealed()
                && type.getName().startsWith("io.mha4j.")
                && !Gtids.class.isAssignableFrom(type);
    }
}
