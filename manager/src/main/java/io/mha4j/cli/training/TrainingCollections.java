package io.mha4j.cli.training;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does once with the JVM's collections what readings of servers, elections and plans do, so that an archive of classes holds what
 * those make of them: no training run gets as far.
 */
final class TrainingCollections {
    private static final List<Long> NUMBERS = List.of(2L, 1L, 3L);

    private TrainingCollections() {}

    /** Answers what came out of it, which nobody needs. */
    static Collection<Object> use() {
        List<Object> made = new ArrayList<>();
        made.add(collected());
        made.add(reduced());
        made.add(walked());
        made.add(captured(true, 1));
        made.add(Base64.getEncoder().encodeToString(Base64.getDecoder().decode("AAAA")));
        made.add(UUID.randomUUID());
        made.add(new ArrayBlockingQueue<>(1));
        made.add(CompletableFuture.completedFuture(1L).whenComplete((done, failed) -> made.add(done)));
        return made;
    }

    private static List<Object> collected() {
        return List.of(
                NUMBERS.stream().collect(Collectors.groupingBy(Function.identity())),
                NUMBERS.stream().collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.toSet())),
                NUMBERS.stream().collect(Collectors.toMap(Function.identity(), UnaryOperator.identity())),
                NUMBERS.stream().collect(Collectors.toUnmodifiableSet()),
                NUMBERS.stream().collect(Collectors.toCollection(ArrayList::new)),
                NUMBERS.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")),
                NUMBERS.stream().sorted().distinct().toList());
    }

    private static List<Object> reduced() {
        Comparator<Long> order = Long::compare;
        Predicate<Long> known = NUMBERS::contains;
        return List.of(
                NUMBERS.stream().reduce(0L, Long::sum),
                NUMBERS.stream().reduce(Long::max).orElseThrow(),
                NUMBERS.stream().reduce(0, (sum, number) -> sum + number.intValue(), Integer::sum),
                NUMBERS.stream().max(order).orElseThrow(),
                NUMBERS.stream().min(order.reversed()).orElseThrow(),
                NUMBERS.stream().mapToLong(Long::longValue).max().orElseThrow(),
                NUMBERS.stream().mapToLong(Long::longValue).sum(),
                NUMBERS.stream().mapToInt(Long::intValue).sum(),
                NUMBERS.stream().filter(known.negate()).count());
    }

    private static List<Object> walked() {
        TreeMap<Long, Long> sorted = new TreeMap<>(Map.of(1L, 1L, 2L, 2L));
        List<Object> walked = new ArrayList<>();
        for (Map.Entry<Long, Long> entry : sorted.tailMap(2L, true).entrySet()) {
            walked.add(entry.getKey());
        }
        walked.addAll(sorted.values().stream().toList());
        walked.addAll(sorted.keySet().stream().map(String::valueOf).toList());
        walked.addAll(new ArrayList<>(NUMBERS).subList(1, 2));
        Iterator<Long> parts = Stream.of(NUMBERS, NUMBERS).flatMap(List::stream).iterator();
        while (parts.hasNext()) {
            walked.add(parts.next());
        }
        walked.addAll(new HashMap<>(Map.of(1L, 1L)).entrySet());
        walked.add(Set.of(1L));
        return walked;
    }

    /** Lambdas that hold numbers among objects: for each order of the two the JVM makes a link of its own. */
    private static List<Object> captured(boolean yes, int number) {
        List<Long> other = NUMBERS;
        return Stream.<Supplier<Object>>of(
                        () -> yes ? number : other,
                        () -> yes || number == 1 ? other : NUMBERS,
                        new Holder(other).one(number),
                        new Holder(other).two(yes, other),
                        new Holder(other).three(other, number, other, other))
                .map(Supplier::get)
                .toList();
    }

    /** Gives lambdas of its own. */
    private record Holder(Object own) {
        Supplier<Object> one(int number) {
            return () -> number == 0 ? this : own;
        }

        Supplier<Object> two(boolean yes, Object other) {
            return () -> yes ? own : other;
        }

        Supplier<Object> three(Object first, int number, Object second, Object third) {
            return () -> List.of(own, first, number, second, third);
        }
    }
}
