package io.mha4j.config;

import java.util.Optional;

/**
 * One parameter of the configuration files: the only place where its name, type, bound, default, scope and text are
 * told. Parsing, messages, {@code masterha config} and the reference page come from it. The constants are in
 * {@link Parameters}; each exists once, so identity is equality.
 */
public final class Parameter<T> {
    /** Where a parameter has an effect. */
    public enum Scope {
        /** In the server's own section only; in {@code [server default]} it has none. */
        SERVER,
        /** In every section; the server's own, then the application's, then the global default counts. */
        INHERITED,
        /** In {@code [server default]} only: one value for the application. */
        APPLICATION
    }

    /** Chapters of the reference page. */
    public enum Group {
        IDENTITY("Identity and connection"),
        ROLES("Roles and policy"),
        PATHS("Paths and logging"),
        MONITORING("Monitoring"),
        SCRIPTS("Scripts"),
        REPORTS("Mail and webhook");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** The texts that come with a parameter, apart from how it is parsed. */
    private record Texts(
            String meaning, Optional<String> defaultText, Optional<String> absence, Optional<String> retired) {}

    private final String name;
    private final ValueType<T> type;
    private final Scope scope;
    private final Group group;
    private final boolean binlogHosts;
    private final Texts texts;

    private Parameter(String name, ValueType<T> type, Place place, Texts texts) {
        this.name = name;
        this.type = type;
        this.scope = place.scope();
        this.group = place.group();
        this.binlogHosts = place.binlogHosts();
        this.texts = texts;
    }

    private record Place(Scope scope, Group group, boolean binlogHosts) {}

    /** Declares an inherited parameter without a default. */
    static <T> Parameter<T> of(String name, ValueType<T> type, Group group, String meaning) {
        return new Parameter<>(
                name,
                type,
                new Place(Scope.INHERITED, group, false),
                new Texts(meaning, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** The same with a built-in default, written as an operator would write it. */
    Parameter<T> defaultingTo(String text) {
        return with(place(), new Texts(texts.meaning, Optional.of(text), texts.absence, texts.retired));
    }

    /** The same, saying what happens when it is not set; for parameters without a fixed default. */
    Parameter<T> whenAbsent(String text) {
        return with(place(), new Texts(texts.meaning, texts.defaultText, Optional.of(text), texts.retired));
    }

    /** The same, accepted from old files but without effect. */
    Parameter<T> retired(String why) {
        return with(place(), new Texts(texts.meaning, texts.defaultText, texts.absence, Optional.of(why)));
    }

    Parameter<T> in(Scope newScope) {
        return with(new Place(newScope, group, binlogHosts), texts);
    }

    /** The same, also used from {@code [binlogN]} sections. */
    Parameter<T> alsoForBinlogHosts() {
        return with(new Place(scope, group, true), texts);
    }

    private Place place() {
        return new Place(scope, group, binlogHosts);
    }

    private Parameter<T> with(Place place, Texts newTexts) {
        return new Parameter<>(name, type, place, newTexts);
    }

    /** MHA's name. */
    public String name() {
        return name;
    }

    /** Kind and unit in a word or two. */
    public String typeName() {
        return type.name();
    }

    /** What an operator may write, continuing the words "must be". */
    public String allowed() {
        return type.allowed();
    }

    public Scope scope() {
        return scope;
    }

    public Group group() {
        return group;
    }

    /** Whether it has an effect in {@code [binlogN]} sections. */
    public boolean usedByBinlogHosts() {
        return binlogHosts;
    }

    /** Whether its value must not be shown. */
    public boolean isSecret() {
        return type.secret();
    }

    public String meaning() {
        return texts.meaning;
    }

    /** The built-in default as an operator would write it. */
    public Optional<String> defaultText() {
        return texts.defaultText;
    }

    /** What stands in for a missing value when there is no fixed default. */
    public Optional<String> whenAbsent() {
        return texts.absence;
    }

    /** Why it has no effect any more. */
    public Optional<String> retired() {
        return texts.retired;
    }

    /** A value may be left empty, which means "not set", exactly when there is no default to fall back on. */
    boolean isOptional() {
        return texts.defaultText.isEmpty();
    }

    /** Whether {@code text} may stand as its value. */
    public boolean accepts(String text) {
        return (isOptional() && text.isEmpty()) || type.parse().apply(text).isPresent();
    }

    /**
     * The typed value of a text that {@link #accepts} takes.
     *
     * @throws IllegalArgumentException if it does not
     */
    T parse(String text) {
        return type.parse()
                .apply(text)
                .orElseThrow(() -> new IllegalArgumentException(name + " must be " + type.allowed()));
    }

    @Override
    public String toString() {
        return name;
    }
}
