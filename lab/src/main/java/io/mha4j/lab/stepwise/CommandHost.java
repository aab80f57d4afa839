package io.mha4j.lab.stepwise;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.host.SshKeys;
import io.mha4j.lab.level.LevelProgram;
import io.mha4j.lab.stage.ProgramRun;
import io.mha4j.lab.wire.Namespace;
import io.mha4j.lab.wire.NamespaceHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A host on the wire that has no server: commands run there. */
final class CommandHost implements AutoCloseable {
    static final String ADDRESS = "10.77.0.2";

    private final Namespace namespace;
    private final NamespaceHost host;

    private CommandHost(Namespace namespace, NamespaceHost host) {
        this.namespace = namespace;
        this.host = host;
    }

    /** With power; {@code folder} is made. */
    static CommandHost start(Path folder) {
        Path own = Folders.make(folder.toAbsolutePath());
        Namespace namespace = new Namespace("manager", ADDRESS, own);
        NamespaceHost host = new NamespaceHost(namespace, SshKeys.generate(own.resolve("nobodys_key")));
        host.powerOn();
        return new CommandHost(namespace, host);
    }

    /** Starts {@code masterha_master_switch} with {@code options}; {@code output} gets what it says. */
    ProgramRun start(Path folder, String output, List<String> options) {
        return run(folder, output, "io.mha4j.cli.Main", List.of(), options);
    }

    /** The same; it stands still once behind a step. */
    ProgramRun startHeld(Path folder, String output, SwitchStep step, List<String> options) {
        return run(folder, output, HeldMain.class.getName(), List.of(step.line(), folder.toString()), options);
    }

    private ProgramRun run(Path folder, String output, String main, List<String> before, List<String> options) {
        List<String> argv = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                LevelProgram.classPath(),
                main));
        argv.addAll(before);
        argv.add("masterha_master_switch");
        argv.add("--interactive=0");
        argv.addAll(options);
        return ProgramRun.start(namespace.inside(argv), folder, Map.of(), folder.resolve(output));
    }

    @Override
    public void close() {
        host.close();
    }
}
