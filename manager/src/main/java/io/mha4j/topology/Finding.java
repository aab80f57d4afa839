package io.mha4j.topology;

import io.mha4j.base.ServerId;

/**
 * Something that a check noticed about one server.
 *
 * @param sentence what was found and, where there is something to do, what; where MHA has a phrase that operators search
 *     their logs for, it begins with that phrase
 * @param cure     what to do about it, one sentence
 */
public record Finding(Grade grade, ServerId server, String sentence, String cure) {
    /** How much it matters, in rising order. */
    public enum Grade {
        /** Worth knowing. */
        INFO,
        /** Someone should look; nothing is refused because of it. */
        WARNING,
        /** The check fails. */
        ERROR
    }

    static Finding info(ServerId server, String sentence, String cure) {
        return new Finding(Grade.INFO, server, sentence, cure);
    }

    static Finding warning(ServerId server, String sentence, String cure) {
        return new Finding(Grade.WARNING, server, sentence, cure);
    }

    static Finding error(ServerId server, String sentence, String cure) {
        return new Finding(Grade.ERROR, server, sentence, cure);
    }

    public boolean isError() {
        return grade == Grade.ERROR;
    }
}
