package io.mha4j.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine that this program runs on. */
public final class Machine {
    private static final Path KERNELS_NAME = Path.of("/proc/sys/kernel/hostname");

    private Machine() {}

    /** Its host name, without asking a name server; {@code manager} where the kernel does not tell. */
    public static String name() {
        try {
            String name = Files.readString(KERNELS_NAME).strip();
            return name.isEmpty() ? "manager" : name;
        } catch (IOException e) {
            return "manager";
        }
    }
}
