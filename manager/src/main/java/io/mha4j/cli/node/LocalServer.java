package io.mha4j.cli.node;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.cli.command.UsageException;
import io.mha4j.config.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A server that stands in no configuration file, only on a command line. */
final class LocalServer {
    private static final int HIGHEST_PORT = 65_535;

    private LocalServer() {}

    /** As much of its settings as a login needs; all else is as by default. */
    static ServerSettings settings(String host, String ip, int port, ServerSettings.Mysql account) {
        if (host.isBlank() || ip.isBlank()) {
            throw new UsageException("the host of the server must not be empty");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new UsageException("port " + port + " of " + host + " is not between 1 and " + HIGHEST_PORT);
        }
        return new ServerSettings(
                new ServerId(0, "server1", host, ip, port),
                Optional.empty(),
                account,
                new ServerSettings.Ssh(host, ip, 22, "root", List.of(), Duration.ofSeconds(5)),
                new ServerSettings.Roles(false, false, false, true),
                new ServerSettings.Policy(true, true, true, false, false, false, false, false),
                new ServerSettings.Paths("/var/tmp", List.of(), Optional.empty(), Optional.empty(), Optional.empty()),
                new ServerSettings.Watching(Duration.ofSeconds(3), ServerSettings.PingType.SELECT, Optional.empty()),
                new ServerSettings.Scripts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    static ServerSettings.Mysql account(String user, String password) {
        return new ServerSettings.Mysql(user, new Secret(password), Optional.empty(), Optional.empty());
    }
}
