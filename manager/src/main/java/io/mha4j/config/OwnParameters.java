package io.mha4j.config;

import static io.mha4j.config.Parameter.Group.ROLES;
import static io.mha4j.config.Parameter.Group.SCRIPTS;
import static io.mha4j.config.Parameter.Scope.APPLICATION;

import java.util.List;

/** Parameters of what this manager does by itself; MHA has none of them. */
public final class OwnParameters {
    public static final Parameter<Vip> VIP = Parameter.of(
                    "vip",
                    new ValueType<>(
                            "address/prefix", "an address with its prefix, such as 10.0.0.9/24", false, Vip::of),
                    SCRIPTS,
                    "Address that clients write to. The manager moves it itself, over SSH, in place of"
                            + " master_ip_failover_script and master_ip_online_change_script.")
            .whenAbsent("scripts or clients do that");

    public static final Parameter<String> VIP_INTERFACE = Parameter.of(
                    "vip_interface", ValueType.word("interface"), SCRIPTS, "Network interface of the host for vip.")
            .whenAbsent("the one that has the address ip");

    public static final Parameter<Boolean> KEEP_RUNNING = Parameter.of(
                    "keep_running",
                    ValueType.flag(),
                    ROLES,
                    "1: after a failover the manager watches the new master instead of ending, and looks out for the old one.")
            .in(APPLICATION)
            .defaultingTo("0");

    /** All of them. */
    static final List<Parameter<?>> ALL = List.of(VIP, VIP_INTERFACE, KEEP_RUNNING);

    private OwnParameters() {}
}
