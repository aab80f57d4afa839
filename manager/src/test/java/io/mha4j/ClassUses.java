package io.mha4j;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/** Which class uses which, read from compiled classes by {@code jdeps}. */
record ClassUses(List<Use> uses) {
    static final String ROOT = "io.mha4j";

    private static final Pattern LINE = Pattern.compile("^ +(\\S+) +-> (\\S+).*");

    /** {@code from} and {@code to} are names of classes with their packages. */
    record Use(String from, String to) {
        String fromPackage() {
            return packageOf(from);
        }

        String toPackage() {
            return packageOf(to);
        }

        boolean staysOurs() {
            return isOurs(from) && isOurs(to);
        }

        @Override
        public String toString() {
            return from + " -> " + to;
        }
    }

    static ClassUses in(Path classes) {
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        int status = jdeps.run(
                writer,
                writer,
                "-verbose:class",
                "-filter:none",
                "--multi-release",
                "17",
                "--ignore-missing-deps",
                classes.toString());
        String text = out.toString();
        List<Use> uses = text.lines().flatMap(ClassUses::use).toList();
        if (status != 0 || uses.isEmpty()) {
            throw new IllegalStateException("jdeps ended with " + status + " over " + classes + ": " + text);
        }
        return new ClassUses(uses);
    }

    private static Stream<Use> use(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches() ? Stream.of(new Use(parts.group(1), parts.group(2))) : Stream.empty();
    }

    static String packageOf(String className) {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    static boolean isOurs(String className) {
        return className.startsWith(ROOT + ".");
    }

    /** {@code topology} of {@code io.mha4j.topology.Replica}. */
    static String roomOf(String className) {
        return className.substring(ROOT.length() + 1).split("\\.", 2)[0];
    }
}
