/**
 * The language of integration cases: the text of a {@code case.txt} becomes a {@link io.mha4j.lab.script.CaseFile}.
 *
 * <p>A case file has comments that say what it is about, a head (which servers, which tree), a line {@code ----} and one
 * step per line. Everything that can be wrong without a server is found here and reported together as
 * {@code file:line: what}: unknown words, wrong arguments, names that nothing defines. Pure: text in, records out; running
 * the steps is the business of {@code io.mha4j.lab.cases}.
 */
@NullMarked
package io.mha4j.lab.script;

import org.jspecify.annotations.NullMarked;
