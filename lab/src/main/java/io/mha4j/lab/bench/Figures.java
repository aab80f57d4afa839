package io.mha4j.lab.bench;

import java.util.Arrays;

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
