package io.mha4j.monitor;

import io.mha4j.base.ServerId;
import io.mha4j.base.Ticks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * For how long nothing has come back from the source's host when its MySQL port is tried anew. A kernel answers to that
 * whatever its programs do: one that is only busy, or whose server is frozen or gone, is not silent. For one thread.
 */
final class HostSilence {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final BooleanSupplier knock;
    private final Ticks ticks;
    private Optional<Slot<Boolean>> last = Optional.empty();
    private boolean heard;
    private long since;

    /** {@code knock} tries it and comes back by itself: whether anything was heard. */
    HostSilence(BooleanSupplier knock, Ticks ticks) {
        this.knock = knock;
        this.ticks = ticks;
    }

    /** Whether the host that {@code server} is on accepts or refuses a connection to the server's port within a second. */
    static boolean answers(ServerId server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.ip(), server.port()), (int) LIMIT.toMillis());
            return true;
        } catch (SocketTimeoutException | NoRouteToHostException e) {
            return false;
        } catch (IOException e) {
            // Refused by the host, or it is our own network that fails: no silence of the host either way.
            return true;
        }
    }

    /** A check of the source failed, for the {@code failures}th time in a row: tries, unless it is at it. */
    void failing(int failures) {
        if (failures == 1) {
            broken();
        }
        gather();
        if (!heard && last.filter(Slot::isUnderWay).isEmpty()) {
            last = Optional.of(Slot.start("host silence", ticks, knock::getAsBoolean));
        }
    }

    /** Whatever silence was before is over: what is heard from now on counts. */
    void broken() {
        last = Optional.empty();
        heard = false;
        since = ticks.nanos();
    }

    private void gather() {
        heard |= last.flatMap(Slot::ifDone).orElse(false);
    }

    /** Since the first failed check, or the last refusal after it; zero if anything was heard, or nothing was tried. */
    Duration length() {
        gather();
        return heard || last.isEmpty() ? Duration.ZERO : Duration.ofNanos(ticks.nanos() - since);
    }
}
