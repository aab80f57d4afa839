package io.mha4j.lab.tree;

import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.ServerKind;
import java.util.Map;

/**
 * What a tree shall be.
 *
 * @param gtid     replicas follow by transaction identifiers; else by file and position
 * @param replicas how many, at least one; at least two for {@link Shape#TIER}
 * @param options  more options of servers by their number: 1 is the source, then the replicas; 0 stands for every server
 */
public record TreeSpec(
        ServerKind kind,
        boolean gtid,
        int replicas,
        BinlogFormat format,
        Shape shape,
        Place place,
        Map<Integer, Map<String, String>> options) {
    /** How replicas hang on each other. */
    public enum Shape {
        /** All replicas follow the source. */
        STAR,
        /** The last replica follows the first. */
        TIER,
        /** The source also follows the first replica, which is read-only. */
        DUAL
    }

    /** What the hosts are. */
    public enum Place {
        /** Loopback addresses of this machine, with SSH in this process. */
        LOOPBACK,
        /** Namespaces of their own on one wire, with OpenSSH. */
        NAMESPACES
    }

    public TreeSpec {
        options = Map.copyOf(options);
        int least = shape == Shape.TIER ? 2 : 1;
        if (replicas < least || replicas > 20) {
            throw new IllegalArgumentException("%d replicas: a %s has %d to 20".formatted(replicas, shape, least));
        }
        if (gtid && !kind.knowsGtids()) {
            throw new IllegalArgumentException(kind + " has no GTIDs; use --gtid=off");
        }
    }

    /** A star in row format, with GTIDs where the kind has them. */
    public static TreeSpec star(ServerKind kind, int replicas) {
        return new TreeSpec(kind, kind.knowsGtids(), replicas, BinlogFormat.ROW, Shape.STAR, Place.LOOPBACK, Map.of());
    }

    /** The same following by GTID or not. */
    public TreeSpec withGtid(boolean on) {
        return new TreeSpec(kind, on, replicas, format, shape, place, options);
    }

    /** The same in another shape. */
    public TreeSpec withShape(Shape other) {
        return new TreeSpec(kind, gtid, replicas, format, other, place, options);
    }

    /** The same with another binary log format. */
    public TreeSpec withFormat(BinlogFormat other) {
        return new TreeSpec(kind, gtid, replicas, other, shape, place, options);
    }

    /** The same with more options, in place of those it had. */
    public TreeSpec withOptions(Map<Integer, Map<String, String>> others) {
        return new TreeSpec(kind, gtid, replicas, format, shape, place, others);
    }

    /** The same on other hosts. */
    public TreeSpec at(Place other) {
        return new TreeSpec(kind, gtid, replicas, format, shape, other, options);
    }

    /** How many servers, source included. */
    public int servers() {
        return replicas + 1;
    }
}
