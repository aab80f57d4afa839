package io.mha4j.lab.server;

import java.util.ArrayList;
import java.util.List;

/** The accounts that every server of the lab has, from its first start on. */
public enum Account {
    /** May do everything; the manager's account. */
    ROOT("root", "labroot"),
    /** Replicas log in with it. */
    REPL("repl", "replpass"),
    /** A client of the database: all rights in schema {@code test}, nothing else, so read_only stops it. */
    APP("app", "apppass");

    private final String user;
    private final String password;

    Account(String user, String password) {
        this.user = user;
        this.password = password;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** Statements that give a freshly initialised server exactly these accounts, in the words of its version. */
    static List<String> statementsFor(ServerKind kind) {
        List<String> statements = new ArrayList<>();
        boolean grantMakesAccounts = kind == ServerKind.MYSQL_5_5 || kind == ServerKind.MYSQL_5_6;
        if (grantMakesAccounts) {
            statements.add("DELETE FROM mysql.user WHERE user <> 'root' OR host <> 'localhost'");
            statements.add("DELETE FROM mysql.db");
            statements.add("UPDATE mysql.user SET password = PASSWORD('%s')".formatted(ROOT.password));
            statements.add("FLUSH PRIVILEGES");
        } else {
            if (kind.isMariadb()) {
                // Its script also makes root accounts for addresses, which would win over the one for any address.
                statements.add("DELETE FROM mysql.global_priv WHERE user NOT IN ('root', 'mariadb.sys')"
                        + " OR (user = 'root' AND host <> 'localhost')");
                statements.add("FLUSH PRIVILEGES");
            }
            statements.add("ALTER USER 'root'@'localhost' IDENTIFIED BY '%s'".formatted(ROOT.password));
            for (Account account : values()) {
                statements.add("CREATE USER '%s'@'%%' IDENTIFIED BY '%s'".formatted(account.user, account.password));
            }
        }
        statements.add("DROP DATABASE IF EXISTS test");
        for (Account account : values()) {
            statements.add(account.grant(grantMakesAccounts));
        }
        return statements;
    }

    private String grant(boolean withPassword) {
        String rights =
                switch (this) {
                    case ROOT -> "ALL PRIVILEGES ON *.*";
                    case REPL -> "REPLICATION SLAVE, REPLICATION CLIENT ON *.*";
                    case APP -> "ALL PRIVILEGES ON test.*";
                };
        return "GRANT %s TO '%s'@'%%'%s%s"
                .formatted(
                        rights,
                        user,
                        withPassword ? " IDENTIFIED BY '" + password + "'" : "",
                        this == ROOT ? " WITH GRANT OPTION" : "");
    }
}
