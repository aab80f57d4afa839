package io.mha4j.cli;

import io.mha4j.base.MhaException;
import java.util.List;

/** A tree that cannot be watched as it is; the message has one line for each thing that is wrong. */
final class ChecksFailed extends MhaException {
    ChecksFailed(List<String> objections) {
        super(String.join("\n", objections));
    }
}
