package io.mha4j.report;

import java.lang.StackWalker.StackFrame;

/** Where in the code an error was told: MHA's {@code [<file>, ln<line>]} after the level. */
final class CodePlace {
    private CodePlace() {}

    /** The nearest caller outside the event log. */
    static String ofCaller() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(CodePlace::outsideTheLog).findFirst())
                .map(CodePlace::text)
                .orElse("");
    }

    private static boolean outsideTheLog(StackFrame frame) {
        return !frame.getClassName().equals(CodePlace.class.getName())
                && !frame.getClassName().equals(EventLog.class.getName());
    }

    private static String text(StackFrame frame) {
        String type = frame.getClassName();
        String folder = type.substring(0, type.lastIndexOf('.') + 1).replace('.', '/');
        return "[" + folder + frame.getFileName() + ", ln" + frame.getLineNumber() + "]";
    }
}
