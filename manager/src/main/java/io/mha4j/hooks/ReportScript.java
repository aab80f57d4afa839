package io.mha4j.hooks;

import java.util.List;

/**
 * {@code report_script}: told how a failover ended; its exit status changes nothing (MHA 0.58, MasterFailover).
 *
 * @param prefix the parameter's value
 */
public record ReportScript(String prefix) {
    /**
     * Tells the script the report.
     *
     * @param arguments each {@code --name=value}, in the order of MHA; a NUL, which no program can be given, is left out
     */
    public HookCall told(List<String> arguments) {
        Arguments all = new Arguments();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no value: " + argument);
            }
            all.add(
                    argument.substring(0, equals),
                    argument.substring(equals + 1).replace("\0", ""));
        }
        return all.call(prefix, false);
    }
}
