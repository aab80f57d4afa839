package io.mha4j.config;

import static io.mha4j.config.Parameter.Group.SCRIPTS;

/** Declarations of what the manager moves without a script. */
public final class AddressParameters {
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

    private AddressParameters() {}
}
