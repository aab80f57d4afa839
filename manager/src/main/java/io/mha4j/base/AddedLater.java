package io.mha4j.base;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a component that records of ours on disk lack where a version before it wrote them: a {@code boolean} is then false, an
 * {@code Optional} empty. Only for what nobody asked for in those days, so that nothing is guessed.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface AddedLater {}
