package io.mha4j.settings;

import io.mha4j.base.CommandException;
import io.mha4j.base.Deadline;
import io.mha4j.base.Ticks;
import io.mha4j.config.Application;
import io.mha4j.config.ConfigException;
import io.mha4j.config.ConfigReader;
import io.mha4j.config.EffectiveConfig;
import io.mha4j.config.Findings;
import io.mha4j.config.IniFile;
import io.mha4j.config.Origin;
import io.mha4j.config.Parameters;
import io.mha4j.config.Problem;
import io.mha4j.config.Setting;
import io.mha4j.config.Values;
import io.mha4j.remote.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the operator's configuration from disk, with everything that it refers to. Thread-safe; keeps nothing. */
public final class SettingsLoader {
    /** Longest time that {@code init_conf_load_script} may take. */
    static final Duration SCRIPT_LIMIT = Duration.ofSeconds(30);

    /** Longest time for all host names together; they are looked up at once. */
    static final Duration NAMES_LIMIT = Duration.ofSeconds(5);

    private final CommandRunner runner;
    private final NameResolver names;
    private final Surroundings surroundings;
    private final Ticks ticks;

    /** @param runner runs {@code init_conf_load_script} on this host */
    public SettingsLoader(CommandRunner runner, NameResolver names, Surroundings surroundings, Ticks ticks) {
        this.runner = runner;
        this.names = names;
        this.surroundings = surroundings;
        this.ticks = ticks;
    }

    /**
     * Reads the files, runs {@code init_conf_load_script} if there is one, fetches secrets kept elsewhere and looks up
     * host names. Comes back within about 35 s even when script and name servers hang.
     *
     * @throws ConfigException with every problem found
     */
    public LoadedSettings load(ConfigFiles files) {
        Findings findings = new Findings();
        Optional<IniFile> global = globalFile(files.globalConf(), findings);
        ConfigReader reader = reader(files, global, findings);
        runScript(reader, findings);
        SecretReferences secrets = new SecretReferences(surroundings, findings);
        EffectiveConfig effective =
                reader.effective(surroundings.account()).map(secrets::resolve).mapApplication(secrets::resolve);
        effective = new Addresses(names, findings).fillIn(effective, Deadline.in(NAMES_LIMIT, ticks));
        effective.findDuplicates(findings);
        effective.findHalfKeys(findings);
        effective.findTwoMovers(findings);
        effective.findDeadReports(findings);
        ConfigException.rejectIfAny(findings.problems());
        Optional<String> globalRead = global.map(file -> files.globalConf());
        return new LoadedSettings(effective.toApplication(files.conf(), globalRead, findings.warnings()), effective);
    }

    /**
     * Where the state is, for who needs nothing else of the configuration: may be called by accounts, and in hours, for which
     * secrets, name servers and a script's sources are out of reach. A script that fails is a problem only if nothing else names
     * the directory; else a doubt, as it could have named another one.
     *
     * @param directory the one that is meant, if it was named beside the files: then the script is not asked
     * @throws ConfigException with every problem found in the files
     */
    public StatePlace place(ConfigFiles files, Optional<String> directory) {
        Findings findings = new Findings();
        ConfigReader reader = reader(files, globalFile(files.globalConf(), findings), findings);
        boolean named = reader.applicationSetting(Parameters.MANAGER_WORKDIR).isPresent();
        Findings ofScript = named ? new Findings() : findings;
        // What a script that is not asked would say of the log is not known.
        boolean asked = directory.isEmpty() || script(reader).isEmpty();
        if (asked) {
            runScript(reader, ofScript);
        }
        EffectiveConfig effective = reader.effective(surroundings.account());
        Values application = effective.application();
        ConfigException.rejectIfAny(findings.problems());
        String workdir = directory.orElseGet(() -> application.get(Parameters.MANAGER_WORKDIR));
        return new StatePlace(
                Application.nameOf(files.conf()),
                workdir,
                asked ? application.find(Parameters.MANAGER_LOG) : Optional.empty(),
                asked ? effective.longestPingInterval() : Optional.empty(),
                ofScript.problems().stream()
                        .map(failed -> failed + "; so manager_workdir is taken to be " + workdir
                                + ", as a file says; where the script names another one, that is meant by --workdir")
                        .toList());
    }

    private static ConfigReader reader(ConfigFiles files, Optional<IniFile> global, Findings findings) {
        IniFile app = read(files.conf(), findings).orElseThrow(() -> new ConfigException(findings.problems()));
        return new ConfigReader(app, global, findings);
    }

    private static Optional<IniFile> globalFile(String file, Findings findings) {
        if (!Files.exists(Path.of(file))) {
            findings.warning("global configuration file " + file + " not found; built-in defaults are used");
            return Optional.empty();
        }
        return read(file, findings);
    }

    private static Optional<IniFile> read(String file, Findings findings) {
        Optional<WrittenText> read = SmallFile.configuration(file, why -> findings.problem(new Problem(file, 0, why)));
        read.ifPresent(written -> {
            written.unreadableLine()
                    .ifPresent(line -> findings.problem(new Problem(file, line, WrittenText.NOT_UTF_8)));
            written.oddComment()
                    .ifPresent(line -> findings.warning(
                            new Origin.Line(file, line),
                            "a comment is not UTF-8, which does no harm; save the file as UTF-8"));
        });
        return read.map(written -> IniFile.parse(file, written.content().text()));
    }

    private void runScript(ConfigReader reader, Findings findings) {
        script(reader).flatMap(script -> output(script, findings)).ifPresent(reader::overrideByScript);
    }

    private static Optional<Setting> script(ConfigReader reader) {
        return reader.applicationSetting(Parameters.INIT_CONF_LOAD_SCRIPT)
                .filter(script -> !script.text().isEmpty());
    }

    private Optional<String> output(Setting script, Findings findings) {
        Origin at = script.origin();
        String what = "init_conf_load_script=" + script.text() + ": ";
        try {
            CommandRunner.Result result =
                    runner.run(List.of("/bin/sh", "-c", script.text()), Deadline.in(SCRIPT_LIMIT, ticks));
            if (!result.succeeded()) {
                findings.problem(
                        at,
                        what + "ended with exit status " + result.exitStatus() + ", must be 0"
                                + lastLine(result.stderr()));
                return Optional.empty();
            }
            if (result.stdout().isBlank()) {
                findings.warning(at, what + "printed nothing");
            }
            return Optional.of(result.stdout());
        } catch (CommandException failed) {
            findings.problem(at, what + failed.getMessage());
            return Optional.empty();
        }
    }

    private static String lastLine(String stderr) {
        List<String> lines = stderr.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty()
                ? ""
                : "; it said: " + lines.get(lines.size() - 1).strip();
    }
}
