package io.mha4j.config;

import static io.mha4j.config.Parameter.Group.IDENTITY;
import static io.mha4j.config.Parameter.Group.MONITORING;
import static io.mha4j.config.Parameter.Group.PATHS;
import static io.mha4j.config.Parameter.Group.ROLES;
import static io.mha4j.config.Parameter.Group.SCRIPTS;
import static io.mha4j.config.Parameter.Scope.APPLICATION;
import static io.mha4j.config.Parameter.Scope.SERVER;

import io.mha4j.base.NearestName;
import io.mha4j.base.Secret;
import io.mha4j.config.ServerSettings.HostKeyCheck;
import io.mha4j.config.ServerSettings.PingType;
import io.mha4j.config.ServerSettings.SshTransport;
import io.mha4j.config.ServerSettings.TlsMode;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every parameter of the configuration files, declared once. Names and defaults are those of MHA 0.58. */
public final class Parameters {
    public static final Parameter<String> HOSTNAME = Parameter.of(
                    "hostname", ValueType.host(), IDENTITY, "Name used in messages, scripts and CHANGE MASTER.")
            .in(SERVER)
            .whenAbsent("must be set")
            .alsoForBinlogHosts();

    public static final Parameter<String> IP = Parameter.of(
                    "ip",
                    ValueType.host(),
                    IDENTITY,
                    "Address of the MySQL server; with the port it identifies the server.")
            .in(SERVER)
            .whenAbsent("hostname, resolved")
            .alsoForBinlogHosts();

    public static final Parameter<Integer> PORT = Parameter.of("port", ValueType.port(), IDENTITY, "MySQL port.")
            .defaultingTo("3306")
            .alsoForBinlogHosts();

    public static final Parameter<String> SSH_HOST = Parameter.of(
                    "ssh_host", ValueType.host(), IDENTITY, "Name of the host, for messages and scripts about SSH.")
            .in(SERVER)
            .whenAbsent("hostname")
            .alsoForBinlogHosts();

    public static final Parameter<String> SSH_IP = Parameter.of(
                    "ssh_ip", ValueType.host(), IDENTITY, "Address that SSH connects to.")
            .in(SERVER)
            .whenAbsent("ip; where ssh_host differs from hostname, ssh_host resolved")
            .alsoForBinlogHosts();

    public static final Parameter<Integer> SSH_PORT = Parameter.of(
                    "ssh_port", ValueType.port(), IDENTITY, "SSH port of the host.")
            .defaultingTo("22")
            .alsoForBinlogHosts();

    public static final Parameter<String> SSH_USER = Parameter.of(
                    "ssh_user", ValueType.word("user name"), IDENTITY, "Account on the host.")
            .whenAbsent("the account that runs the manager")
            .alsoForBinlogHosts();

    public static final Parameter<List<String>> SSH_OPTIONS = Parameter.of(
                    "ssh_options",
                    ValueType.words(),
                    IDENTITY,
                    "Options as for the program ssh, for example `-i /root/.ssh/id_mha`; for this server's host only.")
            .defaultingTo("")
            .alsoForBinlogHosts();

    public static final Parameter<Duration> SSH_CONNECTION_TIMEOUT = Parameter.of(
                    "ssh_connection_timeout",
                    ValueType.seconds(1),
                    IDENTITY,
                    "Longest time that one attempt to reach the host by SSH may take.")
            .defaultingTo("5")
            .alsoForBinlogHosts();

    public static final Parameter<HostKeyCheck> SSH_HOST_KEY_CHECK = Parameter.of(
                    "ssh_host_key_check",
                    ValueType.choice(HostKeyCheck.class),
                    IDENTITY,
                    "accept-new: a host's key is remembered at the first contact, a changed one is refused;"
                            + " strict: only hosts in known_hosts are believed; off: every key is believed."
                            + " `StrictHostKeyChecking` in ssh_options goes before it.")
            .whenAbsent("`StrictHostKeyChecking` of ssh_config; accept-new without that")
            .alsoForBinlogHosts();

    public static final Parameter<Boolean> SSH_SUDO = Parameter.of(
                    "ssh_sudo",
                    ValueType.flag(),
                    IDENTITY,
                    "1: commands run and files are read as root on the host, through `sudo -n /bin/sh`.")
            .defaultingTo("0")
            .alsoForBinlogHosts();

    public static final Parameter<SshTransport> SSH_TRANSPORT = Parameter.of(
                    "ssh_transport",
                    ValueType.choice(SshTransport.class),
                    IDENTITY,
                    "jsch: mha4j speaks SSH itself; ssh: through the program ssh of the manager's host, which knows all"
                            + " of ssh_config (ProxyJump, Match, certificates).")
            .defaultingTo("jsch")
            .alsoForBinlogHosts();

    public static final Parameter<String> USER = Parameter.of(
                    "user", ValueType.word("account"), IDENTITY, "Administrative MySQL account.")
            .defaultingTo("root");

    public static final Parameter<Secret> PASSWORD = Parameter.of(
                    "password",
                    ValueType.password(),
                    IDENTITY,
                    "Password of that account; `env:NAME` and `file:PATH` take it from elsewhere.")
            .defaultingTo("");

    public static final Parameter<String> REPL_USER = Parameter.of(
                    "repl_user",
                    ValueType.word("account"),
                    IDENTITY,
                    "Account with which replicas log in to this server when it is the master.")
            .whenAbsent("the account that the replicas use already");

    public static final Parameter<Secret> REPL_PASSWORD = Parameter.of(
                    "repl_password",
                    ValueType.password(),
                    IDENTITY,
                    "Password of that account; `env:NAME` and `file:PATH` take it from elsewhere.")
            .whenAbsent("CHANGE MASTER leaves the password as it is");

    public static final Parameter<TlsMode> SSL = Parameter.of(
                    "ssl",
                    ValueType.choice(TlsMode.class),
                    IDENTITY,
                    "Encryption of the manager's own connections to MySQL. off: none; trust: encrypted, whoever the server"
                            + " is; verify-ca: its certificate is signed by ssl_ca; verify: and names the server's address.")
            .defaultingTo("off");

    public static final Parameter<String> SSL_CA = Parameter.of(
                    "ssl_ca",
                    ValueType.path(),
                    IDENTITY,
                    "PEM file, on the manager's host, of the authority that signed the servers' certificates.")
            .whenAbsent("the authorities that Java believes");

    public static final Parameter<String> SSL_CERT = Parameter.of(
                    "ssl_cert", ValueType.path(), IDENTITY, "PEM file with the manager's own certificate.")
            .whenAbsent("no certificate is shown");

    public static final Parameter<String> SSL_KEY = Parameter.of(
                    "ssl_key", ValueType.path(), IDENTITY, "PEM file with the private key of ssl_cert.")
            .whenAbsent("no certificate is shown");

    public static final Parameter<Integer> ADMIN_PORT = Parameter.of(
                    "admin_port",
                    ValueType.port(),
                    IDENTITY,
                    "Port that is kept for administrators (admin_port, MariaDB extra_port), tried when port is full.")
            .whenAbsent("a full server counts as alive, but cannot be asked");

    public static final Parameter<String> NODE_LABEL = Parameter.of(
                    "node_label", ValueType.text(), IDENTITY, "Text shown with the server in drawings of the tree.")
            .in(SERVER)
            .alsoForBinlogHosts();

    public static final Parameter<Boolean> CANDIDATE_MASTER =
            flag("candidate_master", "1: preferred as new master.", "0").in(SERVER);

    public static final Parameter<Boolean> NO_MASTER =
            flag("no_master", "1: never becomes the new master.", "0").in(SERVER);

    public static final Parameter<Boolean> IGNORE_FAIL = flag(
                    "ignore_fail", "1: dead or broken, it forbids no failover; see also --ignore_fail_on_start.", "0")
            .in(SERVER);

    public static final Parameter<Boolean> SKIP_INIT_SSH_CHECK = flag(
                    "skip_init_ssh_check", "1: masterha_check_ssh skips this host; its loss over SSH is not told.", "0")
            .in(SERVER);

    public static final Parameter<Boolean> LATEST_PRIORITY = flag(
            "latest_priority",
            "0: the most up-to-date replica is not preferred, the order of the sections decides.",
            "1");

    public static final Parameter<Boolean> CHECK_REPL_DELAY =
            flag("check_repl_delay", "0: a replica that lags far behind may become the new master too.", "1");

    public static final Parameter<Boolean> CHECK_REPL_FILTER =
            flag("check_repl_filter", "1: binary log and replication filters must be the same everywhere.", "1");

    public static final Parameter<Boolean> MULTI_TIER_SLAVE =
            flag("multi_tier_slave", "1: replicas of replicas are left alone instead of being an error.", "0");

    public static final Parameter<Boolean> SKIP_RESET_SLAVE =
            flag("skip_reset_slave", "1: the new master keeps its replication settings (no RESET SLAVE ALL).", "0");

    public static final Parameter<Boolean> USE_GTID_AUTO_POS = flag(
            "use_gtid_auto_pos",
            "0 on all replicas, none of which uses automatic positions: fail over by file and position.",
            "1");

    public static final Parameter<Boolean> DISABLE_LOG_BIN =
            flag("disable_log_bin", "1: rescued events are not written to the target's own binary log.", "0");

    public static final Parameter<Boolean> HANDLE_RAW_BINLOG = flag(
                    "handle_raw_binlog", "MHA: 0 exchanges rescued events as text of mysqlbinlog.", "1")
            .retired("events are always kept byte for byte");

    public static final Parameter<String> MANAGER_WORKDIR = path(
                    "manager_workdir", "Directory on the manager for state and for rescued events; made when missing.")
            .in(APPLICATION)
            .defaultingTo("/var/tmp");

    public static final Parameter<Duration> ARCHIVE_RETENTION = Parameter.of(
                    "archive_retention",
                    ValueType.days(1),
                    PATHS,
                    "Rescued events older than this are deleted when new ones are saved; the newest always stay.")
            .in(APPLICATION)
            .defaultingTo("30");

    public static final Parameter<String> MANAGER_LOG =
            path("manager_log", "Log file of the manager.").in(APPLICATION).whenAbsent("standard error");

    public static final Parameter<String> LOG_LEVEL = Parameter.of(
                    "log_level", ValueType.logLevel(), PATHS, "Least level that is logged (debug: SQL and SSH).")
            .in(APPLICATION)
            .defaultingTo("info");

    public static final Parameter<String> REMOTE_WORKDIR = path(
                    "remote_workdir", "Directory for working files on the database hosts.")
            .defaultingTo("/var/tmp")
            .alsoForBinlogHosts();

    public static final Parameter<List<String>> MASTER_BINLOG_DIR = Parameter.of(
                    "master_binlog_dir",
                    ValueType.directories(),
                    PATHS,
                    "Where binary logs of a server that does not answer are looked for; the latest counts.")
            .defaultingTo("/var/lib/mysql,/var/log/mysql")
            .alsoForBinlogHosts();

    public static final Parameter<String> MASTER_PID_FILE =
            path("master_pid_file", "Handed to shutdown_script as `--pid_file`.");

    public static final Parameter<String> CLIENT_BINDIR = path(
                    "client_bindir", "MHA: directory of mysql and mysqlbinlog on the database host.")
            .alsoForBinlogHosts()
            .retired("no client programs are run on database hosts");

    public static final Parameter<String> CLIENT_LIBDIR = path(
                    "client_libdir", "MHA: directory of the libraries of those programs.")
            .alsoForBinlogHosts()
            .retired("no client programs are run on database hosts");

    public static final Parameter<Duration> PING_INTERVAL = Parameter.of(
                    "ping_interval", ValueType.seconds(1), MONITORING, "Time between two health checks of the master.")
            .defaultingTo("3");

    public static final Parameter<PingType> PING_TYPE = Parameter.of(
                    "ping_type",
                    ValueType.oneOf(PingType.class),
                    MONITORING,
                    "How the master is asked: over a kept connection (SELECT), by a new one each time (CONNECT), "
                            + "by a write (INSERT).")
            .defaultingTo("SELECT");

    public static final Parameter<String> SECONDARY_CHECK_SCRIPT =
            script(MONITORING, "secondary_check_script", "Asked whether the master is reachable over other routes.");

    public static final Parameter<String> MASTER_IP_FAILOVER_SCRIPT =
            script(SCRIPTS, "master_ip_failover_script", "Moves the address of the master in a failover.");

    public static final Parameter<String> SHUTDOWN_SCRIPT =
            script(SCRIPTS, "shutdown_script", "Makes sure that the dead master's host is off, best by its power.");

    public static final Parameter<String> MASTER_IP_ONLINE_CHANGE_SCRIPT =
            script(SCRIPTS, "master_ip_online_change_script", "Moves the address of the master in an online switch.");

    public static final Parameter<String> REPORT_SCRIPT =
            script(SCRIPTS, "report_script", "Told how a failover ended.");

    public static final Parameter<Duration> HOOK_TIMEOUT = Parameter.of(
                    "hook_timeout",
                    ValueType.seconds(1),
                    SCRIPTS,
                    "Longest time that one call of a script may take; then it is killed, with the programs below it, and"
                            + " has failed.")
            .defaultingTo("60");

    public static final Parameter<String> INIT_CONF_LOAD_SCRIPT = script(
                    SCRIPTS,
                    "init_conf_load_script",
                    "Prints `name=value` lines that override `[server default]` of the application file.")
            .in(APPLICATION);

    /** All of them, in the order of the reference page. */
    public static final List<Parameter<?>> ALL = Stream.of(
                    List.<Parameter<?>>of(
                            HOSTNAME,
                            IP,
                            PORT,
                            SSH_HOST,
                            SSH_IP,
                            SSH_PORT,
                            SSH_USER,
                            SSH_OPTIONS,
                            SSH_CONNECTION_TIMEOUT,
                            SSH_HOST_KEY_CHECK,
                            SSH_SUDO,
                            SSH_TRANSPORT,
                            USER,
                            PASSWORD,
                            REPL_USER,
                            REPL_PASSWORD,
                            SSL,
                            SSL_CA,
                            SSL_CERT,
                            SSL_KEY,
                            ADMIN_PORT,
                            NODE_LABEL,
                            CANDIDATE_MASTER,
                            NO_MASTER,
                            IGNORE_FAIL,
                            SKIP_INIT_SSH_CHECK,
                            LATEST_PRIORITY,
                            CHECK_REPL_DELAY,
                            CHECK_REPL_FILTER,
                            MULTI_TIER_SLAVE,
                            SKIP_RESET_SLAVE,
                            USE_GTID_AUTO_POS,
                            DISABLE_LOG_BIN,
                            HANDLE_RAW_BINLOG,
                            MANAGER_WORKDIR,
                            ARCHIVE_RETENTION,
                            MANAGER_LOG,
                            LOG_LEVEL,
                            REMOTE_WORKDIR,
                            MASTER_BINLOG_DIR,
                            MASTER_PID_FILE,
                            CLIENT_BINDIR,
                            CLIENT_LIBDIR,
                            PING_INTERVAL,
                            PING_TYPE,
                            SECONDARY_CHECK_SCRIPT,
                            MASTER_IP_FAILOVER_SCRIPT,
                            SHUTDOWN_SCRIPT,
                            MASTER_IP_ONLINE_CHANGE_SCRIPT,
                            REPORT_SCRIPT,
                            HOOK_TIMEOUT,
                            INIT_CONF_LOAD_SCRIPT),
                    OwnParameters.ALL,
                    ReportParameters.ALL)
            .<Parameter<?>>flatMap(List::stream)
            .toList();

    private static final Map<String, Parameter<?>> BY_NAME = byName(ALL);

    private Parameters() {}

    /** The parameter of that name, which is written in small letters. */
    public static Optional<Parameter<?>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The name of the parameter that somebody who wrote {@code unknown} most likely meant. */
    public static Optional<String> nearest(String unknown) {
        return NearestName.to(unknown, BY_NAME.keySet());
    }

    /** The parameters that have an effect on one server, or on one binary log host. */
    public static Stream<Parameter<?>> usedBy(boolean binlogHost) {
        return ALL.stream()
                .filter(p -> p.scope() != APPLICATION && p.retired().isEmpty())
                .filter(p -> !binlogHost || p.usedByBinlogHosts());
    }

    private static Parameter<Boolean> flag(String name, String meaning, String builtIn) {
        return Parameter.of(name, ValueType.flag(), ROLES, meaning).defaultingTo(builtIn);
    }

    private static Parameter<String> path(String name, String meaning) {
        return Parameter.of(name, ValueType.path(), PATHS, meaning);
    }

    private static Parameter<String> script(Parameter.Group group, String name, String meaning) {
        return Parameter.of(name, ValueType.command(), group, meaning).whenAbsent("not run");
    }

    private static Map<String, Parameter<?>> byName(List<Parameter<?>> all) {
        Map<String, Parameter<?>> byName = new LinkedHashMap<>();
        all.forEach(parameter -> byName.put(parameter.name(), parameter));
        return Collections.unmodifiableMap(byName);
    }
}
