package io.mha4j.decision.online;

/**
 * Why we do not switch now. Nothing has been changed.
 *
 * @param sentence what, the value, the way out
 */
public record Objection(String sentence) {}
