package io.mha4j;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Small classes that break a rule on purpose, compiled from memory. */
final class Offenders {
    private Offenders() {}

    /** Compiles each {@code package name: class text} into {@code folder} and answers the rules over it. */
    static PackageRules compile(Path folder, String... sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        for (String source : sources) {
            String[] parts = source.split(": ", 2);
            units.add(unit(parts[0], parts[1]));
        }
        List<String> options = List.of("-d", folder.toString(), "-proc:none", "--release", "17");
        if (!compiler.getTask(null, null, null, options, null, units).call()) {
            throw new IllegalArgumentException("the offenders do not compile");
        }
        return new PackageRules(folder);
    }

    private static JavaFileObject unit(String room, String body) {
        String name = body.replaceFirst("(?s).*?(?:class|interface) (\\w+).*", "$1");
        URI uri = URI.create("memory:///" + ClassUses.ROOT.replace('.', '/') + "/" + room + "/" + name + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return "package " + ClassUses.ROOT + "." + room + "; " + body;
            }
        };
    }
}
