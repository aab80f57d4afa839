package io.mha4j.mysql;

import org.jspecify.annotations.Nullable;

/** Lets every server have its say before the first failure is thrown; the others hang on it as suppressed. */
final class Failures {
    private @Nullable MysqlException first;

    void collect(Runnable work) {
        try {
            work.run();
        } catch (MysqlException e) {
            if (first == null) {
                first = e;
            } else {
                first.addSuppressed(e);
            }
        }
    }

    void throwIfAny() {
        if (first != null) {
            throw first;
        }
    }
}
