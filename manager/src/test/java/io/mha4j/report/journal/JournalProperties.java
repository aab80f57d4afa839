package io.mha4j.report.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.report.StateFiles;
import io.mha4j.report.TestClock;
import io.mha4j.report.journal.JournalContent.End;
import io.mha4j.report.json.JsonForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random lives of a run, with crashes, against a plain list of what was acknowledged. */
class JournalProperties {
    /** What happens next; {@code number} picks a step or a place to cut, {@code text} is said. */
    record Act(Kind what, int number, String text) {
        enum Kind {
            START,
            FINISH,
            FAIL,
            CRASH,
            CRASH_WHILE_WRITING
        }
    }

    @Provide
    Arbitrary<List<Act>> lives() {
        Arbitrary<Act.Kind> what = Arbitraries.frequency(
                Tuple.of(5, Act.Kind.START),
                Tuple.of(4, Act.Kind.FINISH),
                Tuple.of(2, Act.Kind.FAIL),
                Tuple.of(1, Act.Kind.CRASH),
                Tuple.of(2, Act.Kind.CRASH_WHILE_WRITING));
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 1000);
        Arbitrary<String> text =
                Arbitraries.strings().withCharRange('\u0000', '\u2fff').ofMaxLength(20);
        return Combinators.combine(what, number, text).as(Act::new).list().ofMaxSize(16);
    }

    @Property(tries = 60)
    void whatever_happened_the_journal_says_what_was_acknowledged(@ForAll("lives") List<Act> life) throws IOException {
        Path dir = Files.createTempDirectory("journal");
        try {
            Life lived = new Life(dir);
            life.forEach(lived::live);
            lived.check();
        } finally {
            delete(dir);
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The journal and, beside it, the list it must agree with. */
    private static final class Life {
        private final StateFiles files;
        private final Journals journals;
        private final List<String> said = new ArrayList<>();
        private final List<String> ends = new ArrayList<>();
        private int crashes;
        private Journal journal;

        Life(Path dir) {
            files = new StateFiles(dir, "app1");
            journals = new Journals(files, new JsonForm(), new TestClock("2026-11-07T09:05:03Z"));
            journal = journals.open("run", "failover", 0);
        }

        void live(Act act) {
            switch (act.what()) {
                case START -> start(act.text());
                case FINISH -> end(act, true);
                case FAIL -> end(act, false);
                case CRASH -> crash();
                case CRASH_WHILE_WRITING -> crashWhileWriting(act);
            }
        }

        private void start(String text) {
            assertThat(journal.started(text)).isEqualTo(said.size() + 1);
            said.add(text);
            ends.add("");
        }

        private void end(Act act, boolean well) {
            List<Integer> open = Stream.iterate(0, i -> i + 1)
                    .limit(ends.size())
                    .filter(i -> ends.get(i).isEmpty())
                    .toList();
            if (!open.isEmpty()) {
                int index = open.get(act.number() % open.size());
                if (well) {
                    journal.finished(index + 1, act.text());
                } else {
                    journal.failed(index + 1, act.text());
                }
                ends.set(index, (well ? "finished " : "failed ") + act.text());
            }
        }

        private void crash() {
            journal.close();
            journal = journals.resume();
            crashes++;
            check();
        }

        private void crashWhileWriting(Act act) {
            try {
                long before = Files.size(files.journal());
                journal.started(act.text());
                journal.close();
                byte[] bytes = Files.readAllBytes(files.journal());
                long kept = before + act.number() % (bytes.length - before);
                Files.write(files.journal(), Arrays.copyOf(bytes, (int) kept));
                assertThat(content().torn()).isEqualTo(kept > before);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            crash();
        }

        private JournalContent content() {
            return journals.unfinished().orElseThrow();
        }

        void check() {
            assertThat(content().resumed()).hasSize(crashes);
            assertThat(content().steps()).extracting(s -> s.step().asText()).containsExactlyElementsOf(said);
            assertThat(content().steps()).extracting(s -> told(s.end())).containsExactlyElementsOf(ends);
        }

        private static String told(End end) {
            if (end instanceof End.Finished f) {
                return "finished " + f.result().asText();
            }
            return end instanceof End.Failed f ? "failed " + f.error() : "";
        }
    }
}
