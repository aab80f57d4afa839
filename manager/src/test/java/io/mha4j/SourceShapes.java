package io.mha4j;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Sizes of what is written in source files, measured by the compiler's own parser. */
final class SourceShapes {
    private SourceShapes() {}

    /**
     * A method or constructor with a body.
     *
     * @param where      file, class and name
     * @param lines      from the first line of its head, annotations included, to the closing brace
     * @param parameters how many it takes
     */
    record Method(String where, long lines, int parameters) {}

    /** Java files below a folder. */
    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Method> methods(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Method> methods = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Measure(unit, positions, methods).scan(unit, "");
            }
            return methods;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Measure extends TreeScanner<@Nullable Void, String> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> found;

        Measure(CompilationUnitTree unit, SourcePositions positions, List<Method> found) {
            this.unit = unit;
            this.positions = positions;
            this.found = found;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, String outer) {
            return super.visitClass(type, outer + "/" + type.getSimpleName());
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, String type) {
            if (method.getBody() != null) {
                long first = line(positions.getStartPosition(unit, method));
                long last = line(positions.getEndPosition(unit, method));
                String file =
                        Path.of(unit.getSourceFile().getName()).getFileName().toString();
                found.add(new Method(
                        file + " " + type + "." + method.getName(),
                        last - first + 1,
                        method.getParameters().size()));
            }
            return super.visitMethod(method, type);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
