package io.mha4j.cli.node;

import io.mha4j.cli.command.Option;
import java.util.List;
import java.util.Optional;

/** The options of apply_diff_relay_logs, all of them, also those that nobody needs any more. */
final class ApplyDiffOptions {
    static final Option<Optional<String>> RELAY_DIR =
            Option.text("relay_dir", "directory", "Where the relay logs are; with --current_relay_log.");
    static final Option<Optional<String>> CURRENT_RELAY_LOG =
            Option.text("current_relay_log", "file", "One of the relay logs; with --relay_dir.");
    static final Option<Optional<String>> LATEST_MLF =
            Option.text("latest_mlf", "file", "The master's log up to which this replica received.");
    static final Option<Long> LATEST_RMLP = Option.offset("latest_rmlp", 0, "How far in it.");
    static final Option<Optional<String>> TARGET_MLF =
            Option.text("target_mlf", "file", "The master's log up to which the target received.");
    static final Option<Long> TARGET_RMLP = Option.offset("target_rmlp", 0, "How far in it.");
    static final Option<Optional<String>> SERVER_ID = Option.text(
            "server_id", "number", "Accepted, not needed: what a replica wrote itself is told by its form.");
    static final Option<Optional<String>> MASTER_SERVER_ID =
            Option.text("master_server_id", "number", "Accepted, not needed.");
    static final Option<Optional<String>> DIFF_FILE =
            Option.text("diff_file_readtolatest", "file", "Where to write what the target lacks, here and there.");
    static final Option<Optional<String>> SCP_USER = Option.text("scp_user", "user", "Account on the target.");
    static final Option<Optional<String>> SCP_HOST = Option.text("scp_host", "host", "The target's address.");
    static final Option<Integer> SCP_PORT = Option.number("scp_port", 22, "The target's SSH port.");
    static final Option<Optional<String>> SSH_OPTIONS =
            Option.text("ssh_options", "options", "Options for ssh and scp, instead of the built-in ones.");
    static final Option<Optional<String>> SLAVE_USER =
            Option.text("slave_user", "user", "Account on the server to apply to. Default root.");
    static final Option<Optional<String>> SLAVE_PASS = Option.text("slave_pass", "password", "Its password.");
    static final Option<Optional<String>> SLAVE_HOST =
            Option.text("slave_host", "host", "Its name, for messages. Default 127.0.0.1.");
    static final Option<Optional<String>> SLAVE_IP =
            Option.text("slave_ip", "address", "Its address. Default: slave_host.");
    static final Option<Integer> SLAVE_PORT = Option.number("slave_port", 3306, "Its port.");
    static final Option<Optional<String>> APPLY_FILES =
            Option.text("apply_files", "files", "What to apply, in this order, separated by commas.");
    static final Option<Boolean> NO_APPLY = Option.flag("no_apply", "Check the files and do not apply them.");
    static final Option<Optional<String>> WORKDIR =
            Option.text("workdir", "directory", "For temporary files. Default /var/tmp.");
    static final Option<Optional<String>> TIMESTAMP = Option.text("timestamp", "time", "Accepted, not needed.");
    static final Option<Optional<String>> TARGET_VERSION =
            Option.text("target_version", "version", "Accepted, not needed.");

    private ApplyDiffOptions() {}

    static List<Option<?>> all() {
        return List.of(
                NodeOptions.COMMAND,
                NodeOptions.RELAY_LOG_INFO,
                RELAY_DIR,
                CURRENT_RELAY_LOG,
                NodeOptions.DATADIR,
                LATEST_MLF,
                LATEST_RMLP,
                TARGET_MLF,
                TARGET_RMLP,
                SERVER_ID,
                MASTER_SERVER_ID,
                DIFF_FILE,
                SCP_USER,
                SCP_HOST,
                SCP_PORT,
                SSH_OPTIONS,
                SLAVE_USER,
                SLAVE_PASS,
                SLAVE_HOST,
                SLAVE_IP,
                SLAVE_PORT,
                APPLY_FILES,
                NO_APPLY,
                WORKDIR,
                TIMESTAMP,
                TARGET_VERSION,
                NodeOptions.HANDLE_RAW_BINLOG,
                NodeOptions.DISABLE_LOG_BIN,
                NodeOptions.MANAGER_VERSION,
                NodeOptions.CLIENT_BINDIR,
                NodeOptions.CLIENT_LIBDIR,
                NodeOptions.DEBUG);
    }
}
