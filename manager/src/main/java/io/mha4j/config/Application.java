package io.mha4j.config;

import io.mha4j.base.ServerId;
import io.mha4j.config.report.ReportSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One replication tree and everything the operator said about it: what {@code --conf} and {@code --global_conf} hold.
 *
 * @param name        {@code app}: base name of the file without its last extension; state files carry it
 * @param confFile    path of the application file as given
 * @param globalFile  path of the file with what all applications share, as given; absent where there was none
 * @param workdir     {@code manager_workdir}
 * @param log         {@code manager_log}; absent: standard error
 * @param logLevel    {@code log_level} in MHA's words: debug, info, warning, error
 * @param retention   {@code archive_retention}: how long rescued events are kept
 * @param keepRunning {@code keep_running}: whether watching goes on after a failover
 * @param guardTime   {@code guard_time}: how long a manager that ends looks out for an old source that may come back
 * @param strictVerdict {@code strict_verdict}: whether losses that are known or possible show in the exit status
 * @param reports     who is told how a failover ended, besides {@code report_script}
 * @param servers     in MHA's processing order, at least one; {@code ServerId.order} is the index here
 * @param binlogHosts {@code [binlogN]} sections, in order
 * @param warnings    what an operator should know though it is no error, such as deprecated parameters
 */
public record Application(
        String name,
        String confFile,
        Optional<String> globalFile,
        String workdir,
        Optional<String> log,
        String logLevel,
        Duration retention,
        boolean keepRunning,
        Duration guardTime,
        boolean strictVerdict,
        ReportSettings reports,
        List<ServerSettings> servers,
        List<ServerSettings> binlogHosts,
        List<String> warnings) {
    public Application {
        servers = List.copyOf(servers);
        binlogHosts = List.copyOf(binlogHosts);
        warnings = List.copyOf(warnings);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(confFile + " has no server section");
        }
    }

    /** One that keeps rescued events as long as an application that says nothing about it, and tells nobody anything. */
    public Application(
            String name,
            String confFile,
            String workdir,
            Optional<String> log,
            String logLevel,
            List<ServerSettings> servers,
            List<ServerSettings> binlogHosts,
            List<String> warnings) {
        this(
                name,
                confFile,
                Optional.empty(),
                workdir,
                log,
                logLevel,
                Duration.ofDays(30),
                false,
                Duration.ZERO,
                false,
                ReportSettings.NONE,
                servers,
                binlogHosts,
                warnings);
    }

    /**
     * The application's name: the base name of its file without the last extension; the whole path where nothing would
     * be left of it (MHA 0.58).
     */
    public static String nameOf(String confFile) {
        String base = confFile.substring(confFile.lastIndexOf('/') + 1);
        int dot = base.lastIndexOf('.');
        String name = dot < 0 ? base : base.substring(0, dot);
        return name.isEmpty() ? confFile : name;
    }

    /** The same with other servers, of which there must be one at least. */
    public Application withServers(List<ServerSettings> others) {
        return new Application(
                name,
                confFile,
                globalFile,
                workdir,
                log,
                logLevel,
                retention,
                keepRunning,
                guardTime,
                strictVerdict,
                reports,
                others,
                binlogHosts,
                warnings);
    }

    /** The same with servers that are not, or no more, among its own. */
    public Application withAlso(List<ServerSettings> more) {
        List<ServerSettings> all = new ArrayList<>(servers);
        more.stream().filter(server -> calledAs(server.id()).isEmpty()).forEach(all::add);
        return withServers(all);
    }

    /** Settings of the server that was configured under the same name and port in another version of this configuration. */
    public Optional<ServerSettings> calledAs(ServerId id) {
        return servers.stream().filter(s -> s.id().isCalledAs(id)).findFirst();
    }

    /** Settings of a configured server. */
    public ServerSettings of(ServerId id) {
        return servers.stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " is not in " + confFile));
    }
}
