package io.mha4j.monitor.ssh;

import io.mha4j.base.Deadline;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.HostKeyCheck;
import io.mha4j.remote.CommandRunner;
import io.mha4j.remote.Host;
import io.mha4j.remote.ssh.SshComplaint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program {@code ssh} on one host, called to reach another one with the options configured for that. */
record OnwardCall(ServerSettings from, ServerSettings to) {
    /** Answers what is wrong and what to do about it; nothing when the other host was reached. */
    Optional<String> run(Host host, Deadline deadline) {
        HostKeyCheck check = to.ssh().manner().hostKeyCheck().orElse(HostKeyCheck.ACCEPT_NEW);
        CommandRunner.Result answer = host.run(argv(word(check)), deadline);
        if (check == HostKeyCheck.ACCEPT_NEW && answer.stderr().contains("unsupported option")) {
            // OpenSSH before 7.6 knows only what MHA asks for.
            answer = host.run(argv("no"), deadline);
        }
        return complaint(answer);
    }

    private static Optional<String> complaint(CommandRunner.Result answer) {
        if (answer.succeeded()) {
            return Optional.empty();
        }
        return Optional.of(
                answer.exitStatus() == 127
                        ? "there is no program ssh on that host; install the OpenSSH client there"
                        : SshComplaint.sentence(answer.stderr()));
    }

    /** MHA's options for a check, after those of the operator, since ssh takes the first value of each. */
    List<String> argv(String strictness) {
        ServerSettings.Ssh ssh = to.ssh();
        List<String> argv = new ArrayList<>();
        if (from.ssh().manner().sudo()) {
            // The shell there is root's; keys and known hosts are the account's.
            argv.addAll(List.of("sudo", "-n", "-H", "-u", from.ssh().user()));
        }
        argv.add("ssh");
        argv.addAll(ssh.options());
        argv.addAll(List.of(
                "-o",
                "StrictHostKeyChecking=" + strictness,
                "-o",
                "PasswordAuthentication=no",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=" + ssh.connectionTimeout().toSeconds(),
                "-p",
                Integer.toString(ssh.port()),
                ssh.user() + "@" + ssh.ip(),
                "exit 0"));
        return argv;
    }

    private static String word(HostKeyCheck check) {
        return switch (check) {
            case ACCEPT_NEW -> "accept-new";
            case STRICT -> "yes";
            case OFF -> "no";
        };
    }
}
