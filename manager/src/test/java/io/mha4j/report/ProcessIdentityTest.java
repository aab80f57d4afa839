package io.mha4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    @Test
    void a_process_is_the_same_as_long_as_it_runs() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        ProcessIdentity first = ProcessIdentity.of(cat.pid());
        assertThat(first.isAlive()).isTrue();
        assertThat(first.isCertain()).isTrue();
        assertThat(ProcessIdentity.of(cat.pid())).isEqualTo(first);
        cat.getOutputStream().close();
        cat.waitFor();
        assertThat(first.isAlive()).isFalse();
        assertThat(ProcessIdentity.of(cat.pid()).isCertain()).isFalse();
    }

    @Test
    void two_processes_differ_though_their_pid_were_the_same() {
        ProcessIdentity self = ProcessIdentity.current();
        assertThat(new ProcessIdentity(self.pid(), "boot/12").isAlive()).isFalse();
        assertThat(new ProcessIdentity(self.pid(), "").isAlive()).isTrue();
    }

    @Test
    void the_written_form_is_read_back() {
        ProcessIdentity self = ProcessIdentity.current();
        assertThat(ProcessIdentity.parse(self.toString())).contains(self);
        assertThat(ProcessIdentity.parse("77")).contains(new ProcessIdentity(77, ""));
        assertThat(ProcessIdentity.parse("77\t\n")).contains(new ProcessIdentity(77, ""));
        assertThat(ProcessIdentity.parse("")).isEmpty();
        assertThat(ProcessIdentity.parse("-1\tx")).isEmpty();
    }

    @Test
    void a_group_left_behind_by_its_leader_is_found() throws Exception {
        Process leader =
                new ProcessBuilder("setsid", "-w", "sh", "-c", "sleep 60 >/dev/null & echo $$ $!; exit 0").start();
        List<Long> pids = pids(leader);
        leader.waitFor();
        ProcessIdentity gone = new ProcessIdentity(pids.get(0), "");
        try {
            Patience.await().until(() -> !gone.isAlive());
            assertThat(gone.children()).containsExactly(pids.get(1));
        } finally {
            ProcessHandle.of(pids.get(1)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private static List<Long> pids(Process process) throws IOException {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            return List.of(String.valueOf(out.readLine()).split(" ")).stream()
                    .map(Long::valueOf)
                    .toList();
        }
    }
}
