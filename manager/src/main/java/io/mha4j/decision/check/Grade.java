package io.mha4j.decision.check;

/** What a finding means for the day the source dies; the worst first. */
public enum Grade {
    /** A failover would be refused, or would break off. */
    BLOCKS_FAILOVER("blocks failover"),
    /** A failover would go on, but transactions or a replica may be lost by it. */
    RISKS_LOSS("risks loss"),
    /** Better otherwise; nothing depends on it alone. */
    ADVICE("advice");

    private final String words;

    Grade(String words) {
        this.words = words;
    }

    /** As messages say it. */
    public String words() {
        return words;
    }
}
