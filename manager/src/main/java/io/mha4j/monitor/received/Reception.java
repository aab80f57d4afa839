package io.mha4j.monitor.received;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far replicas had received the source's binary log at one time.
 *
 * @param places those that told
 */
public record Reception(Map<ServerId, BinlogPosition> places) {
    public static final Reception UNKNOWN = new Reception(Map.of());

    public Reception {
        places = Map.copyOf(new TreeMap<>(places));
    }

    /** A replica that has received something since the earlier look, told as a clause. */
    public Optional<String> since(Reception earlier) {
        return new TreeMap<>(places)
                .entrySet().stream()
                        .filter(now -> Optional.ofNullable(earlier.places.get(now.getKey()))
                                .filter(before -> before.compareTo(now.getValue()) < 0)
                                .isPresent())
                        .findFirst()
                        .map(now -> "%s still receives from it: %s, before %s"
                                .formatted(now.getKey(), now.getValue(), earlier.places.get(now.getKey())));
    }
}
