package io.mha4j.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.binlog.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is in an archive, a replica gets the source's events from its place on, all of them and as they are. */
final class FeedProperties {
    /** A place in the archive and how many events stand before it. */
    private record Place(String file, long offset, int before) {}

    @Property(tries = 15)
    void a_replica_gets_the_events_from_its_place_on(@ForAll Random luck) throws IOException {
        Path folder = Files.createTempDirectory("feed");
        Log log = new Log(folder);
        List<Place> places = write(log, luck);
        try (Feed feed = FeedTest.open(log.archive())) {
            for (int i = 0; i < 3; i++) {
                Place from = places.get(luck.nextInt(places.size()));
                try (Replica replica = FeedTest.connect(feed)) {
                    replica.dump(from.file(), from.offset(), 0);
                    List<byte[]> expected =
                            log.sent().subList(from.before(), log.sent().size());
                    assertThat(Replica.real(replica.all()))
                            .usingElementComparator(java.util.Arrays::compare)
                            .containsExactlyElementsOf(expected);
                }
            }
        } finally {
            delete(folder);
        }
    }

    /** One to four files with or without checksums, with or without a ROTATE at their ends. */
    private static List<Place> write(Log log, Random luck) {
        List<Place> places = new ArrayList<>();
        int files = 1 + luck.nextInt(4);
        for (int i = 1; i <= files; i++) {
            log.begins("bin.00000" + i, Log.format(Log.MYSQL_5_7, luck.nextBoolean()));
            log.hidden(EventType.PREVIOUS_GTIDS, new byte[8], 0);
            for (int events = 1 + luck.nextInt(20); events > 0; events--) {
                places.add(new Place(log.file(), log.offset(), log.sent().size()));
                log.rows(luck.nextInt(), luck.nextInt(luck.nextInt(30) == 0 ? 200_000 : 300));
            }
            if (luck.nextBoolean()) {
                log.rotate("bin.00000" + (i + 1));
            } else {
                log.hidden(EventType.STOP, new byte[0], 0);
            }
        }
        return places;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
