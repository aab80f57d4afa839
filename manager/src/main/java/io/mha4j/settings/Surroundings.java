package io.mha4j.settings;

import java.util.Map;

/**
 * What the operating system tells this process.
 *
 * @param account     the account that runs it
 * @param environment its environment variables, which {@code env:NAME} refers to
 */
public record Surroundings(String account, Map<String, String> environment) {
    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static Surroundings ofThisProcess() {
        return new Surroundings(System.getProperty("user.name", "root"), System.getenv());
    }

    /** Does not show the environment: it may hold passwords. */
    @Override
    public String toString() {
        return "account " + account;
    }
}
