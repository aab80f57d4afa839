package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Real logs, cut, torn and damaged anywhere. */
final class EventScannerProperties {
    private static final List<SampleLogs.Log> LOGS = SampleLogs.all();

    @Provide
    Arbitrary<SampleLogs.Log> logs() {
        return Arbitraries.of(LOGS);
    }

    @Provide
    Arbitrary<SampleLogs.Log> checksummed() {
        return Arbitraries.of(LOGS.stream()
                .filter(log -> SampleLogs.scan(log.bytes()).events().stream()
                        .allMatch(event -> event.format().checksums()))
                .toList());
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void the_size_of_the_pieces_does_not_matter(
            @ForAll("logs") SampleLogs.Log log, @ForAll List<@IntRange(min = 1, max = 400) Integer> sizes) {
        byte[] bytes = log.bytes();
        List<String> seen = new ArrayList<>();
        EventScanner scanner = EventScanner.fromStart(event -> seen.add(text(event)));
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int size = Math.min(bytes.length - at, sizes.isEmpty() ? 1 : sizes.get(i % sizes.size()));
            scanner.accept(Arrays.copyOfRange(bytes, at, at + size), 0, size);
            at += size;
            assertThat(scanner.offset() + scanner.torn()).isEqualTo(at);
        }
        assertThat(seen)
                .isEqualTo(SampleLogs.scan(bytes).events().stream()
                        .map(EventScannerProperties::text)
                        .toList());
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void a_torn_log_yields_exactly_the_whole_transactions_before(
            @ForAll("logs") SampleLogs.Log log, @ForAll @IntRange(max = 1 << 20) int place) {
        int length = place % (log.bytes().length + 1);
        SampleLogs.Scan torn = SampleLogs.scan(log.bytes(), length);
        assertThat(torn.damage()).isEmpty();
        assertThat(torn.offset() + torn.torn()).isEqualTo(length);
        List<Event> whole = SampleLogs.scan(log.bytes()).events().stream()
                .filter(event -> event.endOffset() <= length)
                .toList();
        assertThat(torn.events()).hasSize(whole.size());
        // Boundaries by a rule of its own: what the untorn log closes before the tear.
        TransactionReader reader = new TransactionReader();
        long end = 0;
        long count = 0;
        for (Event event : whole) {
            reader.accept(event);
            if (!reader.open()) {
                end = event.endOffset();
                count = reader.whole();
            }
        }
        assertThat(torn.transactions().endOfLastWhole()).isEqualTo(end);
        assertThat(torn.transactions().whole()).isEqualTo(count);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void parts_that_are_cut_at_boundaries_join_to_the_same_bytes(
            @ForAll("logs") SampleLogs.Log log, @ForAll @IntRange(max = 1 << 16) int place) {
        byte[] bytes = log.bytes();
        List<Event> events = SampleLogs.scan(bytes).events();
        Event first = events.get(place % events.size());
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.write(bytes, 0, (int) first.endOffset());
        List<String> rest = new ArrayList<>();
        EventScanner scanner = EventScanner.within(first.endOffset(), first.format(), event -> {
            rest.add(text(event));
            joined.write(bytes, (int) event.offset(), (int) event.header().length());
        });
        scanner.accept(bytes, (int) first.endOffset(), bytes.length - (int) first.endOffset());
        assertThat(joined.toByteArray()).isEqualTo(bytes);
        assertThat(rest)
                .isEqualTo(events.stream()
                        .filter(event -> event.offset() >= first.endOffset())
                        .map(EventScannerProperties::text)
                        .toList());
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void a_flipped_bit_is_found(
            @ForAll("checksummed") SampleLogs.Log log,
            @ForAll @IntRange(max = 1 << 20) int place,
            @ForAll @IntRange(max = 7) int bit) {
        byte[] bytes = log.bytes().clone();
        int at = place % bytes.length;
        List<Event> events = SampleLogs.scan(bytes).events();
        Event hit = events.stream()
                .filter(event -> at < event.endOffset())
                .findFirst()
                .orElseThrow();
        bytes[at] ^= (byte) (1 << bit);
        SampleLogs.Scan scan = SampleLogs.scan(bytes);
        boolean inUseFlag = hit.type() == EventType.FORMAT_DESCRIPTION && at == hit.offset() + 17 && bit == 0;
        if (inUseFlag) {
            // Servers set and clear it in place and leave it out of the checksum.
            assertThat(scan.damage()).isEmpty();
            return;
        }
        long untouched = at < 4 ? 0 : hit.offset();
        assertThat(scan.offset()).isEqualTo(untouched);
        // A length that grew beyond the end of the file looks like an event that is not finished yet.
        boolean length = at >= hit.offset() + 9 && at < hit.offset() + 13;
        assertThat(scan.damage().isPresent() || (length && scan.torn() == bytes.length - untouched))
                .isTrue();
        scan.damage().ifPresent(damage -> assertThat(damage.offset()).isEqualTo(untouched));
    }

    private static String text(Event event) {
        return event.header() + " at " + event.offset() + " " + Arrays.hashCode(event.head()) + " " + event.format();
    }
}
