package io.mha4j.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/**
 * MHA 0.58's line: {@code Fri Nov  7 09:05:03 2026 - [info] message}. Written by hand because the formatters of the JDK
 * load their language data first, which takes longer than a small command runs.
 */
final class LogLine {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final String PLACEHOLDER = "{}";

    private LogLine() {}

    /** {@code place} is empty but for errors. Only the first line of a message gets a date, the others stay as is. */
    static String of(Event event, String place, ZoneId zone) {
        return date(event.at(), zone) + " - [" + event.level().word() + "]" + place + " " + event.message()
                + (event.message().endsWith("\n") ? "" : "\n");
    }

    /** As {@code ctime} of the C library. */
    static String date(Instant at, ZoneId zone) {
        ZonedDateTime t = at.atZone(zone);
        return DAYS.get(t.getDayOfWeek().getValue() - 1) + " " + MONTHS.get(t.getMonthValue() - 1) + " "
                + padded(t.getDayOfMonth(), ' ') + " " + padded(t.getHour(), '0') + ":" + padded(t.getMinute(), '0')
                + ":" + padded(t.getSecond(), '0') + " " + t.getYear();
    }

    private static String padded(int number, char with) {
        return number < 10 ? with + Integer.toString(number) : Integer.toString(number);
    }

    /** Puts each argument in the place of the next {@code {}}; what does not fit together stays visible. */
    static String fill(String format, Object... args) {
        StringBuilder text = new StringBuilder(format.length() + 16 * args.length);
        int from = 0;
        int used = 0;
        int at = format.indexOf(PLACEHOLDER);
        while (at >= 0 && used < args.length) {
            text.append(format, from, at).append(args[used]);
            used++;
            from = at + PLACEHOLDER.length();
            at = format.indexOf(PLACEHOLDER, from);
        }
        text.append(format, from, format.length());
        for (; used < args.length; used++) {
            text.append(' ').append(args[used]);
        }
        return text.toString();
    }
}
