package io.mha4j.hooks;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for the tests of hooks; only what hooks look at varies. */
final class Servers {
    private Servers() {}

    /** Host, address and SSH are what a script would guess. */
    static ServerSettings plain(String host, String ip) {
        return of(
                new ServerId(0, "server1", host, ip, 3306),
                new ServerSettings.Ssh(host, ip, 22, "root", List.of(), Duration.ofSeconds(5)),
                new Secret("pw"),
                Optional.empty());
    }

    /** Whose scripts get passwords in their environment. */
    static ServerSettings handingSecretsInEnvironment(ServerSettings like, Secret password) {
        ServerSettings server = of(like.id(), like.ssh(), password, Optional.empty());
        return new ServerSettings(
                server.id(),
                server.label(),
                server.mysql(),
                server.ssh(),
                server.roles(),
                server.policy(),
                server.paths(),
                new ServerSettings.Watching(
                        Duration.ofSeconds(3), ServerSettings.PingType.SELECT, Optional.of("/usr/bin/ask")),
                new ServerSettings.Scripts(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        Optional.empty(),
                        ServerSettings.HookSecrets.ENV));
    }

    static ServerSettings of(ServerId id, ServerSettings.Ssh ssh, Secret password, Optional<String> pidFile) {
        return new ServerSettings(
                id,
                Optional.empty(),
                new ServerSettings.Mysql("admin", password, Optional.empty(), Optional.empty()),
                ssh,
                new ServerSettings.Roles(false, false, false, false),
                new ServerSettings.Policy(true, true, true, false, false, false, false, false),
                new ServerSettings.Paths(
                        "/var/tmp", List.of("/var/lib/mysql"), pidFile, Optional.empty(), Optional.empty()),
                new ServerSettings.Watching(Duration.ofSeconds(3), ServerSettings.PingType.SELECT, Optional.empty()),
                new ServerSettings.Scripts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }
}
