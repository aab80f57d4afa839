package io.mha4j.lab.script;

/** One line is wrong; {@link CaseReader} adds file and number. */
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    SyntaxError(String what) {
        super(what);
        this.what = what;
    }

    String what() {
        return what;
    }
}
