package io.mha4j.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mha4j.lab.script.CaseFile.Line;
import io.mha4j.lab.script.CaseFileException.Problem;
import io.mha4j.lab.script.Condition.ExitCode;
import io.mha4j.lab.script.Condition.HostTrait;
import io.mha4j.lab.script.Condition.TextTest;
import io.mha4j.lab.script.Condition.WriteFinding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseReaderTest {
    private static final List<String> KINDS = List.of("5.5.9", "8.0.15", "mariadb-10.11");
    private static final Hosts SOURCE = new Hosts(List.of("source"));
    private static final Hosts FIRST = new Hosts(List.of("replica1"));

    @Test
    void a_head_says_where_a_case_runs() {
        CaseFile file = CaseReader.read("c", "c/case.txt", """
                # What happens
                # when it happens.
                servers   8.0.15 mariadb-10.11
                gtid      on
                formats   row statement
                tree      replicas=3 shape=tier
                hosts     namespaces
                option    all max_relay_log_size=8192
                packages  libfaketime strace
                deadline  90s
                long      mariadb-10.11 8.0.15-file
                ----
                kill source
                """, KINDS);
        assertThat(file.description()).containsExactly("What happens", "when it happens.");
        assertThat(file.head())
                .isEqualTo(new CaseHead(
                        List.of("8.0.15", "mariadb-10.11"),
                        List.of(true),
                        List.of("row", "statement"),
                        Set.of(),
                        3,
                        "tier",
                        "namespaces",
                        List.of(new CaseHead.ServerOption(new Hosts(List.of("all")), "max_relay_log_size=8192")),
                        Set.of("libfaketime", "strace"),
                        Duration.ofSeconds(90),
                        Set.of("mariadb-10.11", "8.0.15-file")));
    }

    @Test
    void long_alone_means_every_kind() {
        CaseFile file = CaseReader.read("c", "c/case.txt", "# x\nlong\n----\nkill source", KINDS);
        assertThat(file.head().slow()).containsExactlyInAnyOrderElementsOf(KINDS);
    }

    @Test
    void a_short_head_means_every_kind_both_ways_one_format_two_replicas() {
        CaseHead head = read("kill source").head();
        assertThat(head.kinds()).isEqualTo(KINDS);
        assertThat(head.gtid()).containsExactly(false, true);
        assertThat(head.formats()).containsExactly("row");
        assertThat(head.replicas()).isEqualTo(2);
    }

    @Test
    void steps_become_records() {
        assertThat(steps("""
                        insert source 2..1000 by 10
                        io_stop replica1,replica2
                        sql source INSERT INTO test.t1 VALUES (1, 2, 'a  b')
                        start replica1 --read-only --skip-name-resolve
                        restart replica1 --skip-log-bin
                        sql source SET sql_log_bin=0 ;; CREATE USER x
                        attach replica2 to replica1
                        mark app1/manager.log
                        """))
                .containsExactly(
                        new Step.Insert(SOURCE, 2, 1000, 10),
                        new Step.Replication(new Hosts(List.of("replica1", "replica2")), Step.ReplicationVerb.IO_STOP),
                        new Step.Sql(SOURCE, List.of("INSERT INTO test.t1 VALUES (1, 2, 'a  b')")),
                        new Step.Start(FIRST, List.of("--read-only", "--skip-name-resolve")),
                        new Step.Restart(FIRST, List.of("--skip-log-bin")),
                        new Step.Sql(SOURCE, List.of("SET sql_log_bin=0", "CREATE USER x")),
                        new Step.Attach(new Hosts(List.of("replica2")), FIRST),
                        new Step.Mark("app1/manager.log"));
    }

    @Test
    void conditions_read_like_sentences() {
        assertThat(steps("""
                        run_bg manager bin/masterha_manager
                        wait 20s until manager output contains Ping(SELECT) succeeded
                        expect not manager running
                        let new_source = the writable host
                        expect replica2 follows ${new_source}
                        expect lost 0 on ${new_source}
                        expect for 5s replica1 read_only
                        expect replica1 answers 0 to SELECT @@read_only
                        expect exit nonzero
                        expect verdict in m.log true on replica1
                        """).subList(1, 10))
                .containsExactly(
                        new Step.Wait(
                                Duration.ofSeconds(20),
                                claim(new Condition.ProgramOutput(
                                        "manager", new TextTest.Contains("Ping(SELECT) succeeded")))),
                        new Step.Expect(
                                Optional.empty(), new Step.Claim(false, new Condition.ProgramRuns("manager", true))),
                        new Step.Let("new_source", new Step.Value.WritableHost()),
                        new Step.Expect(
                                Optional.empty(),
                                claim(new Condition.Follows(
                                        new Hosts(List.of("replica2")), new Hosts(List.of("${new_source}")), true))),
                        new Step.Expect(
                                Optional.empty(),
                                claim(new Condition.WritesOn(
                                        new Hosts(List.of("${new_source}")), WriteFinding.LOST, 0))),
                        new Step.Expect(
                                Optional.of(Duration.ofSeconds(5)),
                                claim(new Condition.HostIs(FIRST, HostTrait.READ_ONLY))),
                        new Step.Expect(
                                Optional.empty(), claim(new Condition.Answers(FIRST, "0", "SELECT @@read_only"))),
                        new Step.Expect(Optional.empty(), claim(new Condition.Exit(ExitCode.NONZERO))),
                        new Step.Expect(Optional.empty(), claim(new Condition.VerdictTrue("m.log", FIRST))));
    }

    @Test
    void a_configuration_takes_the_indented_lines_below_it() {
        assertThat(steps("""
                        config app without replica2
                            ping_interval = 3
                            # not a setting
                            [server2]
                            candidate_master=1
                        config other
                            user = root
                        """))
                .containsExactly(
                        new Step.Config(
                                "app",
                                Optional.of(new Hosts(List.of("replica2"))),
                                List.of(
                                        new Step.Setting("server default", "ping_interval", "3"),
                                        new Step.Setting("server2", "candidate_master", "1"))),
                        new Step.Config(
                                "other",
                                Optional.empty(),
                                List.of(new Step.Setting("server default", "user", "root"))));
    }

    @Test
    void a_guard_admits_only_runs_with_all_its_traits() {
        Line line = read("[gtid 8.0.15] kill source").steps().get(0);
        assertThat(line.step()).isEqualTo(new Step.Fault(SOURCE, Step.FaultVerb.KILL));
        assertThat(line.guard().admits(Set.of("gtid", "mysql", "8.0.15", "row")))
                .isTrue();
        assertThat(line.guard().admits(Set.of("file", "mysql", "8.0.15", "row")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    fly away                            | unknown step 'fly'
                    kill                                | a server is missing
                    kill replica3                       | 'replica3' is no server of this case
                    kill source now                     | 'now' is too much here
                    insert source 5..2                  | the last row comes before the first
                    insert source five                  | the first row 'five' is no number
                    wait 5 until exit 0                 | '5': a number with ms, s or min
                    wait 5s exit 0                      | 'until' is missing before 'exit'
                    expect manager running              | 'manager' is no condition, no program
                    expect exit 900                     | exit code 900
                    expect output matches [             | is no regular expression
                    expect replica1 follows ${who}      | ${who} is not defined above
                    run ls ${source.nose}               | after the dot one of
                    expect replica1 is fine             | 'is' is none of follows
                    let source = the writable host      | 'source' means something else already
                    stop_bg manager                     | no program 'manager' was started
                    load start speed=9                  | connections=N or pace=TIME is allowed
                    start replica1 fast                 | an option of the server begins with --
                    [5.1] kill source                   | guard '5.1' is none of
                    expect replica1 answers 5           | 'to' and a query are missing
                    """)
    void what_is_wrong_is_named_with_file_and_line(String step, String message) {
        assertThat(problems("# x\n----\nkill source\n" + step)).singleElement().satisfies(problem -> assertThat(
                        problem.toString())
                .startsWith("c/case.txt:4: ")
                .contains(message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    server 8.0.15         | unknown word 'server'
                    servers 4.1           | server kind '4.1' is none of all, 5.5.9
                    gtid maybe            | gtid 'maybe' is none of off, on
                    formats fast          | format 'fast' is none of
                    tree replicas=0       | replicas 0
                    tree shape=ring       | shape=star|tier|dual
                    deadline soon         | deadline 'soon'
                    long 4.1              | '4.1' is neither a KIND
                    long 8.0.15-on        | '8.0.15-on' is neither a KIND
                    """)
    void a_wrong_head_is_named_too(String line, String message) {
        assertThat(problems("# x\n" + line + "\n----\nkill source"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("c/case.txt:2: ")
                        .contains(message));
    }

    @Test
    void all_problems_are_reported_together() {
        assertThat(problems("# x\nserver a\n----\nfly\nkill replica7\n   a = b\n"))
                .hasSize(4);
    }

    @Test
    void a_case_without_words_or_steps_is_refused() {
        assertThat(problems("----\n").stream().map(Problem::text))
                .containsExactly(
                        "a case needs steps below ----, or a probe",
                        "a case begins with comment lines that say what it shows");
    }

    private static Step.Claim claim(Condition condition) {
        return new Step.Claim(true, condition);
    }

    private static CaseFile read(String body) {
        return CaseReader.read("c", "c/case.txt", "# x\n----\n" + body, KINDS);
    }

    private static List<Step> steps(String body) {
        return read(body).steps().stream().map(Line::step).toList();
    }

    private static List<Problem> problems(String text) {
        CaseFileException thrown =
                catchThrowableOfType(CaseFileException.class, () -> CaseReader.read("c", "c/case.txt", text, KINDS));
        return thrown.problems();
    }
}
