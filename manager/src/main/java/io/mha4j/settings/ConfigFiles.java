package io.mha4j.settings;

/**
 * The files that the operator named.
 *
 * @param conf       {@code --conf}
 * @param globalConf {@code --global_conf}; need not exist
 */
public record ConfigFiles(String conf, String globalConf) {
    /** Where MHA looks for the global file when nobody names one. */
    public static final String DEFAULT_GLOBAL = "/etc/masterha_default.cnf";

    /** An application file with the global file at its usual place. */
    public static ConfigFiles of(String conf) {
        return new ConfigFiles(conf, DEFAULT_GLOBAL);
    }
}
