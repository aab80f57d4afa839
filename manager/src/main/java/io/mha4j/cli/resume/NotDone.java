package io.mha4j.cli.resume;

/** What the journal keeps of a run that did not open a new source. */
public record NotDone(String why) {}
