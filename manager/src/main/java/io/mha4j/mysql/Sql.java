package io.mha4j.mysql;

import io.mha4j.base.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One statement, and the same with its secrets masked. Only {@code shown} may reach a log or an exception.
 *
 * <p>Text goes in through {@link #literal}, which relies on the mode that every session of ours runs in: with
 * {@code NO_BACKSLASH_ESCAPES} a backslash is a character like any other and the quote is the only special one (MySQL
 * manual, "String Literals").
 *
 * @param text  what the server gets
 * @param shown what people get
 * @param secrets what was masked
 */
public record Sql(String text, String shown, List<Secret> secrets) {
    /** What a session's {@code sql_mode} is set to; {@link #literal} is right in this mode only. */
    static final String MODE = "NO_BACKSLASH_ESCAPES";

    private static final String MASKED = "'***'";
    /** Servers quote a statement from anywhere in its middle, and cut the quotation. */
    private static final int TELLTALE = 4;

    public Sql {
        secrets = List.copyOf(secrets);
    }

    /** A statement without secrets. */
    public static Sql of(String text) {
        return new Sql(text, text, List.of());
    }

    /** Whether {@code said} holds a secret of this statement or a piece of one. */
    boolean isLeakedBy(String said) {
        return secrets.stream()
                .map(Secret::reveal)
                .flatMap(s -> Stream.of(s, s.replace("'", "''")))
                .anyMatch(secret -> holdsPieceOf(said, secret));
    }

    private static boolean holdsPieceOf(String said, String secret) {
        int length = Math.min(TELLTALE, secret.length());
        return !secret.isEmpty()
                && IntStream.rangeClosed(0, secret.length() - length)
                        .anyMatch(at -> said.contains(secret.substring(at, at + length)));
    }

    public Sql plus(String more) {
        return new Sql(text + more, shown + more, secrets);
    }

    /** Appends a secret as a literal. */
    public Sql plus(Secret secret) {
        List<Secret> all = new ArrayList<>(secrets);
        all.add(secret);
        return new Sql(text + literal(secret.reveal()), shown + MASKED, all);
    }

    /**
     * The text as an SQL string literal, quotes included.
     *
     * @throws IllegalArgumentException if it holds a character 0, which no name or password can have
     */
    public static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text for a statement holds a character 0");
        }
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public String toString() {
        return shown;
    }
}
