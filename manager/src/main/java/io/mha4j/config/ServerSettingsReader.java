package io.mha4j.config;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings.ClientKey;
import io.mha4j.config.ServerSettings.Fencing;
import io.mha4j.config.ServerSettings.Levelling;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.config.ServerSettings.Mysql;
import io.mha4j.config.ServerSettings.Paths;
import io.mha4j.config.ServerSettings.Policy;
import io.mha4j.config.ServerSettings.Roles;
import io.mha4j.config.ServerSettings.Scripts;
import io.mha4j.config.ServerSettings.Ssh;
import io.mha4j.config.ServerSettings.SshManner;
import io.mha4j.config.ServerSettings.Tls;
import io.mha4j.config.ServerSettings.Watching;
import java.util.Optional;

/** Makes the typed record of one section from its effective values; MHA's words end here. */
final class ServerSettingsReader {
    private final Values values;

    ServerSettingsReader(Values values) {
        this.values = values;
    }

    ServerSettings settings(int order) {
        ServerId id = new ServerId(
                order,
                values.section(),
                values.get(Parameters.HOSTNAME),
                values.get(Parameters.IP),
                values.get(Parameters.PORT));
        return new ServerSettings(
                id,
                values.find(Parameters.NODE_LABEL),
                mysql(),
                ssh(),
                roles(),
                policy(),
                paths(),
                watching(),
                scripts(),
                fencing(),
                new Levelling(values.find(OwnParameters.FEED_ADDRESS), or(OwnParameters.LEVEL_DELAYED)));
    }

    private Mysql mysql() {
        return new Mysql(
                or(Parameters.USER),
                values.find(Parameters.PASSWORD).orElse(Secret.EMPTY),
                values.find(Parameters.REPL_USER),
                values.find(Parameters.REPL_PASSWORD),
                new Tls(or(Parameters.SSL), values.find(Parameters.SSL_CA), clientKey()),
                values.find(Parameters.ADMIN_PORT));
    }

    private Optional<ClientKey> clientKey() {
        return values.find(Parameters.SSL_CERT)
                .flatMap(cert -> values.find(Parameters.SSL_KEY).map(key -> new ClientKey(cert, key)));
    }

    private Fencing fencing() {
        return new Fencing(
                or(OwnParameters.FENCE),
                or(OwnParameters.FENCE_SETTLE),
                or(OwnParameters.REQUIRE_FENCE),
                or(OwnParameters.AUTO_REJOIN),
                or(OwnParameters.SHUTDOWN_CUTS_POWER));
    }

    private Ssh ssh() {
        return new Ssh(
                values.get(Parameters.SSH_HOST),
                values.get(Parameters.SSH_IP),
                values.get(Parameters.SSH_PORT),
                values.get(Parameters.SSH_USER),
                values.get(Parameters.SSH_OPTIONS),
                values.get(Parameters.SSH_CONNECTION_TIMEOUT),
                new SshManner(
                        values.find(Parameters.SSH_HOST_KEY_CHECK),
                        values.get(Parameters.SSH_SUDO),
                        values.get(Parameters.SSH_TRANSPORT)));
    }

    private Roles roles() {
        return new Roles(
                or(Parameters.CANDIDATE_MASTER),
                or(Parameters.NO_MASTER),
                or(Parameters.IGNORE_FAIL),
                or(Parameters.SKIP_INIT_SSH_CHECK));
    }

    private Policy policy() {
        return new Policy(
                or(Parameters.LATEST_PRIORITY),
                or(Parameters.CHECK_REPL_DELAY),
                or(Parameters.CHECK_REPL_FILTER),
                or(Parameters.MULTI_TIER_SLAVE),
                or(Parameters.SKIP_RESET_SLAVE),
                or(Parameters.USE_GTID_AUTO_POS),
                or(Parameters.DISABLE_LOG_BIN),
                or(Parameters.HANDLE_RAW_BINLOG),
                or(OwnParameters.CANDIDATE_LAG_RULE),
                or(OwnParameters.ON_UNREADABLE_TAIL));
    }

    private Paths paths() {
        return new Paths(
                values.get(Parameters.REMOTE_WORKDIR),
                values.get(Parameters.MASTER_BINLOG_DIR),
                values.find(Parameters.MASTER_PID_FILE),
                values.find(Parameters.CLIENT_BINDIR),
                values.find(Parameters.CLIENT_LIBDIR));
    }

    private Watching watching() {
        return new Watching(
                or(Parameters.PING_INTERVAL),
                or(Parameters.PING_TYPE),
                values.find(Parameters.SECONDARY_CHECK_SCRIPT),
                or(OwnParameters.CERTAIN_DEATH),
                or(OwnParameters.UNUSABLE_SOURCE));
    }

    private Scripts scripts() {
        return new Scripts(
                values.find(Parameters.MASTER_IP_FAILOVER_SCRIPT),
                values.find(Parameters.MASTER_IP_ONLINE_CHANGE_SCRIPT),
                values.find(Parameters.SHUTDOWN_SCRIPT),
                values.find(Parameters.REPORT_SCRIPT),
                or(Parameters.HOOK_TIMEOUT),
                values.find(OwnParameters.VIP)
                        .map(vip -> new MovedAddress(vip, values.find(OwnParameters.VIP_INTERFACE))),
                or(OwnParameters.HOOK_SECRETS));
    }

    /** The value, or the built-in default where the section has no use for the parameter. */
    private <T> T or(Parameter<T> parameter) {
        return values.find(parameter)
                .orElseGet(() -> parameter.parse(parameter
                        .defaultText()
                        .orElseThrow(() -> new IllegalStateException(parameter + " has no default"))));
    }
}
