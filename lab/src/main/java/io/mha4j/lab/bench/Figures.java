package io.mha4j.lab.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What several runs gave, from the least on.
 *
 * @param sorted at least one
 */
record Figures(double[] sorted) {
    Figures {
        sorted = sorted.clone();
        Arrays.sort(sorted);
    }

    static <T> Figures of(List<T> runs, ToDoubleFunction<T> figure) {
        return new Figures(runs.stream().mapToDouble(figure).toArray());
    }

    /** Prints median and worst; answers whether the median is no greater than {@code bar}, which may be infinite. */
    boolean told(String name, double bar) {
        System.out.printf(
                "  %-41s median %6.3f, worst %6.3f%s%n",
                name, median(), greatest(), bar < Double.POSITIVE_INFINITY ? " (bar: " + (float) bar + ")" : "");
        return median() <= bar;
    }

    /** The middle one, or what lies between the two in the middle. */
    double median() {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    double least() {
        return sorted[0];
    }

    double greatest() {
        return sorted[sorted.length - 1];
    }
}
