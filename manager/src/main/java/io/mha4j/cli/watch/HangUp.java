package io.mha4j.cli.watch;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Calls something when this process gets SIGHUP or SIGUSR1. The second is for programs that were started by {@code nohup}: a
 * JVM that inherits SIGHUP as ignored keeps it so.
 *
 * <p>The JDK's class for signals, {@code sun.misc.Signal}, is exported on purpose (module jdk.unsupported) but cannot be
 * compiled against without a warning; so it is called by reflection.
 */
public final class HangUp {
    private static final List<String> NAMES = List.of("HUP", "USR1");

    private HangUp() {}

    /** From now on {@code action} runs, on a thread of the JVM, each time one of the signals comes. */
    public static void calls(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            for (String name : NAMES) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("this JVM lets no program handle SIGHUP: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no signals", e);
        }
    }
}
