package io.mha4j.monitor.ssh;

import io.mha4j.base.Secret;
import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.SshManner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Servers for the tests of SSH checks; only what these look at varies. */
public final class Pairs {
    private Pairs() {}

    /** Server {@code n} at 10.0.0.n, reached in the given manner. */
    public static ServerSettings server(int n, SshManner manner, String... options) {
        String ip = "10.0.0." + n;
        return new ServerSettings(
                new ServerId(n, "server" + n, "db" + n, ip, 3306),
                Optional.empty(),
                new ServerSettings.Mysql("admin", Secret.EMPTY, Optional.empty(), Optional.empty()),
                new ServerSettings.Ssh("db" + n, ip, 22, "mha", List.of(options), Duration.ofSeconds(5), manner),
                new ServerSettings.Roles(false, false, false, false),
                new ServerSettings.Policy(true, true, true, false, false, false, false, false),
                new ServerSettings.Paths(
                        "/var/tmp", List.of("/var/lib/mysql"), Optional.empty(), Optional.empty(), Optional.empty()),
                new ServerSettings.Watching(Duration.ofSeconds(3), ServerSettings.PingType.SELECT, Optional.empty()),
                new ServerSettings.Scripts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Server 1 with this {@code secondary_check_script}, asked each second. */
    public static ServerSettings asking(String script) {
        ServerSettings plain = server(1, SshManner.PLAIN);
        return new ServerSettings(
                plain.id(),
                plain.label(),
                plain.mysql(),
                plain.ssh(),
                plain.roles(),
                plain.policy(),
                plain.paths(),
                new ServerSettings.Watching(Duration.ofSeconds(1), ServerSettings.PingType.SELECT, Optional.of(script)),
                plain.scripts());
    }
}
