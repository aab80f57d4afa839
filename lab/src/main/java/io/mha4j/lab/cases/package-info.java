/**
 * Runs integration cases: expands each {@code lab/cases/NAME/case.txt} over server kinds, GTID modes and binary log
 * formats, gives every run a process with a network and process tree of its own, carries out its steps and prints a
 * table.
 *
 * <p>{@link io.mha4j.lab.cases.CasesMain} is the runner, {@link io.mha4j.lab.cases.CaseChild} one run inside its
 * namespaces. What the words of a case mean to servers and programs is here; how they are written is in
 * {@code io.mha4j.lab.script}.
 */
@NullMarked
package io.mha4j.lab.cases;

import org.jspecify.annotations.NullMarked;
