package io.mha4j.lab.tree;

import io.mha4j.lab.base.Folders;
import io.mha4j.lab.host.LabHost;
import io.mha4j.lab.server.Account;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a manager's application file for a tree, in MHA's form. */
final class AppFile {
    private final List<LabHost> hosts;
    private final Path loginKey;
    private final Path workDir;

    AppFile(List<LabHost> hosts, Path loginKey, Path workDir) {
        this.hosts = hosts;
        this.loginKey = loginKey;
        this.workDir = workDir;
    }

    void write(Path file, Map<String, String> defaults, Map<String, Map<String, String>> perServer) {
        StringBuilder text = new StringBuilder();
        Map<String, String> shared = defaults();
        shared.putAll(defaults);
        section(text, "server default", shared);
        for (int i = 0; i < hosts.size(); i++) {
            String name = "server" + (i + 1);
            Map<String, String> own = own(hosts.get(i));
            own.putAll(perServer.getOrDefault(name, Map.of()));
            section(text, name, own);
        }
        perServer.forEach((name, keys) -> {
            if (!name.matches("server\\d+") || Integer.parseInt(name.substring(6)) > hosts.size()) {
                section(text, name, keys);
            }
        });
        Folders.write(file.toAbsolutePath(), text.toString());
    }

    private Map<String, String> defaults() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("user", Account.ROOT.user());
        keys.put("password", Account.ROOT.password());
        keys.put("repl_user", Account.REPL.user());
        keys.put("repl_password", Account.REPL.password());
        keys.put("ssh_user", System.getProperty("user.name"));
        keys.put("ssh_port", Integer.toString(hosts.get(0).sshPort()));
        keys.put(
                "ssh_options",
                "-i %s -o UserKnownHostsFile=%s -o StrictHostKeyChecking=accept-new"
                        .formatted(loginKey, workDir.resolve("known_hosts")));
        keys.put("ping_interval", "1");
        keys.put("manager_workdir", workDir.resolve("manager").toString());
        keys.put("manager_log", workDir.resolve("manager/manager.log").toString());
        return keys;
    }

    private static Map<String, String> own(LabHost host) {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("hostname", host.address());
        keys.put("port", Integer.toString(host.server().port()));
        keys.put("master_binlog_dir", host.server().dataDir().toString());
        keys.put("remote_workdir", host.folder().resolve("work").toString());
        return keys;
    }

    private static void section(StringBuilder text, String name, Map<String, String> keys) {
        text.append('[').append(name).append("]\n");
        keys.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        text.append('\n');
    }
}
