package io.mha4j.config;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The effective settings of one server (or binary log host), after inheritance and defaults.
 *
 * @param id        which server
 * @param label     {@code node_label}, shown in drawings of the tree
 * @param mysql     how to log in to it and as whom its replicas log in
 * @param ssh       how to reach its host
 * @param roles     what the operator wishes for it
 * @param policy    rules that apply when this server takes part in a failover
 * @param paths     places on its host
 * @param watching  how it is watched while it is the source
 * @param scripts   operators' hooks: command prefixes as configured; empty text counts as absent
 * @param fencing   how it is stopped for good when it is the dead source
 * @param levelling how it is given what it lacks when it is a replica
 */
public record ServerSettings(
        ServerId id,
        Optional<String> label,
        Mysql mysql,
        Ssh ssh,
        Roles roles,
        Policy policy,
        Paths paths,
        Watching watching,
        Scripts scripts,
        Fencing fencing,
        Levelling levelling) {

    /** Fenced and levelled as one is of which nobody says how. */
    public ServerSettings(
            ServerId id,
            Optional<String> label,
            Mysql mysql,
            Ssh ssh,
            Roles roles,
            Policy policy,
            Paths paths,
            Watching watching,
            Scripts scripts) {
        this(id, label, mysql, ssh, roles, policy, paths, watching, scripts, Fencing.DEFAULT, Levelling.DEFAULT);
    }

    /** The same under another id. */
    public ServerSettings withId(ServerId other) {
        return new ServerSettings(
                other, label, mysql, ssh, roles, policy, paths, watching, scripts, fencing, levelling);
    }

    /** The same server with another login. */
    public ServerSettings loggingInAs(String user, Secret password) {
        Mysql other = new Mysql(user, password, mysql.replUser(), mysql.replPassword(), mysql.tls(), mysql.adminPort());
        return new ServerSettings(id, label, other, ssh, roles, policy, paths, watching, scripts, fencing, levelling);
    }

    /**
     * @param user         administrative account
     * @param replUser     account that replicas of this server log in with; absent: the one they use already
     * @param replPassword its password; absent: CHANGE MASTER leaves the password as it is
     * @param tls          encryption of the manager's own logins
     * @param adminPort    where administrators are let in when the server is full
     */
    public record Mysql(
            String user,
            Secret password,
            Optional<String> replUser,
            Optional<Secret> replPassword,
            Tls tls,
            Optional<Integer> adminPort) {
        /** Without encryption, and without a port for administrators. */
        public Mysql(String user, Secret password, Optional<String> replUser, Optional<Secret> replPassword) {
            this(user, password, replUser, replPassword, Tls.NONE, Optional.empty());
        }
    }

    /**
     * @param ca     PEM file of the authorities that are believed; absent: those that Java believes
     * @param client what the manager shows of itself
     */
    public record Tls(TlsMode mode, Optional<String> ca, Optional<ClientKey> client) {
        public static final Tls NONE = new Tls(TlsMode.OFF, Optional.empty(), Optional.empty());
    }

    /**
     * Two PEM files.
     *
     * @param cert {@code ssl_cert}, with those that lead to the authority, if any
     * @param key  {@code ssl_key}, not encrypted
     */
    public record ClientKey(String cert, String key) {}

    /** {@code ssl}. */
    public enum TlsMode {
        /** Nothing is encrypted. */
        OFF,
        /** Encrypted, whoever the server is. */
        TRUST,
        /** The server's certificate is signed by an authority that is believed. */
        VERIFY_CA,
        /** And it names the address that is connected to. */
        VERIFY
    }

    /**
     * @param host              name for messages and hook arguments
     * @param ip                address that is connected to
     * @param options           {@code ssh_options} split into words as a shell would
     * @param connectionTimeout limit of one attempt, at least 1 s
     * @param manner            how it is done
     */
    public record Ssh(
            String host,
            String ip,
            int port,
            String user,
            List<String> options,
            Duration connectionTimeout,
            SshManner manner) {
        public Ssh {
            options = List.copyOf(options);
        }

        /** In the plain manner. */
        public Ssh(String host, String ip, int port, String user, List<String> options, Duration connectionTimeout) {
            this(host, ip, port, user, options, connectionTimeout, SshManner.PLAIN);
        }

        /** Written out for the reason that {@link ServerId} gives: sessions are kept by these. */
        @Override
        public int hashCode() {
            return 31 * ip.hashCode() + port;
        }
    }

    /**
     * @param hostKeyCheck what happens with host keys that are not known yet; absent: what ssh's configuration says
     * @param sudo         commands run and files are read as root, by sudo without a password
     * @param transport    who speaks the protocol
     */
    public record SshManner(Optional<HostKeyCheck> hostKeyCheck, boolean sudo, SshTransport transport) {
        public static final SshManner PLAIN = new SshManner(Optional.empty(), false, SshTransport.JSCH);
    }

    /** {@code ssh_host_key_check}. */
    public enum HostKeyCheck {
        /** A new key is believed and remembered, a changed one refused. */
        ACCEPT_NEW,
        /** Only known keys are believed. */
        STRICT,
        /** Every key of every host is believed. */
        OFF
    }

    /** {@code ssh_transport}. */
    public enum SshTransport {
        /** This program itself, by the library jsch. */
        JSCH,
        /** The program {@code ssh} of this machine. */
        SSH
    }

    /**
     * @param preferred    {@code candidate_master=1}
     * @param barred       {@code no_master=1}
     * @param ignoreFail   {@code ignore_fail=1}: a failover goes on although this replica is dead or broken
     * @param skipSshCheck {@code skip_init_ssh_check=1}
     */
    public record Roles(boolean preferred, boolean barred, boolean ignoreFail, boolean skipSshCheck) {}

    /**
     * MHA's flags of the same names; the defaults are those of the parameter table.
     *
     * @param lagRule        when it is too far behind to be promoted, where that is looked at
     * @param unreadableTail what happens when it is the dead source and its binary log cannot be read
     */
    public record Policy(
            boolean latestPriority,
            boolean checkReplDelay,
            boolean checkReplFilter,
            boolean multiTierSlave,
            boolean skipResetSlave,
            boolean useGtidAutoPos,
            boolean disableLogBin,
            boolean handleRawBinlog,
            LagRule lagRule,
            UnreadableTail unreadableTail) {
        /** With what is the default of the others. */
        public Policy(
                boolean latestPriority,
                boolean checkReplDelay,
                boolean checkReplFilter,
                boolean multiTierSlave,
                boolean skipResetSlave,
                boolean useGtidAutoPos,
                boolean disableLogBin,
                boolean handleRawBinlog) {
            this(
                    latestPriority,
                    checkReplDelay,
                    checkReplFilter,
                    multiTierSlave,
                    skipResetSlave,
                    useGtidAutoPos,
                    disableLogBin,
                    handleRawBinlog,
                    LagRule.BYTES,
                    UnreadableTail.CONTINUE);
        }
    }

    /** {@code candidate_lag_rule}. */
    public enum LagRule {
        /** By the bytes that it has left to execute. */
        BYTES,
        /** Also where it executes another file of the source's log than the latest replica receives, however little is left. */
        MHA
    }

    /** {@code on_unreadable_tail}. */
    public enum UnreadableTail {
        /** The failover goes on with what replicas received. */
        CONTINUE,
        /** Nobody is promoted. */
        STOP,
        /** It is tried again for a while, then the failover goes on. */
        RETRY
    }

    /** Directories are as configured; binary log directories in the order in which they are searched. */
    public record Paths(
            String remoteWorkdir,
            List<String> binlogDirs,
            Optional<String> pidFile,
            Optional<String> clientBindir,
            Optional<String> clientLibdir) {
        public Paths {
            binlogDirs = List.copyOf(binlogDirs);
        }
    }

    /**
     * How the source is watched.
     *
     * @param pingInterval at least 1 s
     * @param certainDeath whether proof of a death makes counting unnecessary
     * @param unusable     what a source means that lives but takes no writes
     */
    public record Watching(
            Duration pingInterval,
            PingType pingType,
            Optional<String> secondaryCheck,
            boolean certainDeath,
            UnusableSource unusable) {
        /** With what is the default of the others. */
        public Watching(Duration pingInterval, PingType pingType, Optional<String> secondaryCheck) {
            this(pingInterval, pingType, secondaryCheck, true, UnusableSource.FAILOVER);
        }
    }

    /** {@code unusable_source}. */
    public enum UnusableSource {
        /** A failed check. */
        FAILOVER,
        /** Somebody is told. */
        ALARM
    }

    /** How the source is asked whether it lives ({@code ping_type}). */
    public enum PingType {
        SELECT,
        CONNECT,
        INSERT
    }

    /**
     * @param timeout {@code hook_timeout}: what one call may take
     * @param vip     what is moved without a script
     * @param secrets how passwords are handed over
     */
    public record Scripts(
            Optional<String> ipFailover,
            Optional<String> ipOnlineChange,
            Optional<String> shutdown,
            Optional<String> report,
            Duration timeout,
            Optional<MovedAddress> vip,
            HookSecrets secrets) {
        /** With the time that a call may take when nobody says anything about it. */
        public Scripts(
                Optional<String> ipFailover,
                Optional<String> ipOnlineChange,
                Optional<String> shutdown,
                Optional<String> report) {
            this(
                    ipFailover,
                    ipOnlineChange,
                    shutdown,
                    report,
                    Duration.ofSeconds(60),
                    Optional.empty(),
                    HookSecrets.ARGV);
        }
    }

    /** {@code hook_secrets}. */
    public enum HookSecrets {
        /** As arguments, which every account of this host can see. */
        ARGV,
        /** In the environment of the script alone. */
        ENV
    }

    /**
     * How a dead source is kept from taking writes.
     *
     * @param settle   how long it must stay away
     * @param required whether nobody may be opened before that is proven
     * @param rejoins  {@code auto_rejoin}: whether it becomes a replica by itself when it is back
     * @param cutsPower {@code shutdown_cuts_power}: whether the operator's script leaves it no time to stop in good order
     */
    public record Fencing(FenceWay way, Duration settle, boolean required, boolean rejoins, boolean cutsPower) {
        public static final Fencing DEFAULT = new Fencing(FenceWay.SSH, Duration.ofSeconds(1), false);

        /** It stays away until a person brings it back. */
        public Fencing(FenceWay way, Duration settle, boolean required) {
            this(way, settle, required, false, false);
        }
    }

    /**
     * How a replica is given what it lacks.
     *
     * @param feedAddress {@code feed_address}: where it may connect to the manager; absent: nowhere but at a forwarded port
     * @param delayedToo {@code level_delayed}: also what it holds back on purpose, where it could not follow without
     */
    public record Levelling(Optional<String> feedAddress, boolean delayedToo) {
        public static final Levelling DEFAULT = new Levelling(Optional.empty(), false);
    }

    /** {@code fence}. */
    public enum FenceWay {
        /** Its process is killed over SSH. */
        SSH,
        /** By the operator's scripts, if at all. */
        NONE
    }

    /** @param device absent: the interface that has the server's address */
    public record MovedAddress(Vip vip, Optional<String> device) {}
}
