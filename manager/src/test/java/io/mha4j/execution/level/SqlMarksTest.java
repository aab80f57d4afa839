package io.mha4j.execution.level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mha4j.archive.Archive;
import io.mha4j.archive.ArchiveStore;
import io.mha4j.archive.SampleArchive;
import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.decision.FailoverFacts;
import io.mha4j.decision.World;
import io.mha4j.execution.level.SqlMarks.Reading;
import io.mha4j.topology.Replica;
import io.mha4j.topology.SampleStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one failover gave a replica over SQL, as another one of the same dead source sees it, by position. */
final class SqlMarksTest {
    private static final ServerId ONE = World.id(1);
    private static final ServerId OTHER = World.id(2);
    private static final BinlogPosition SHOWN = SampleArchive.START;
    private static final BinlogPosition GIVEN = new BinlogPosition(SHOWN.file(), 700);
    private static final Reading ALL_SHOWN = new Reading.Shown();

    @TempDir
    private Path folder;

    /** Each failover makes an archive of its own; what was given from the one before it must not be given again. */
    @Test
    void what_it_was_given_counts_in_the_next_failover() {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        SampleArchive.saved(folder, "20260102000000");
        assertFurther(marks().of(ONE, SampleStatus.at(SHOWN)), GIVEN);
        assertThat(marks().of(OTHER, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
    }

    @Test
    void of_one_that_was_cut_off_the_next_failover_knows_nothing_but_what_to_do() {
        marks().applying(archive(), ONE, SHOWN, GIVEN);
        SampleArchive.saved(folder, "20260102000000");
        assertThat(why(ONE, SHOWN))
                .contains("how many it has is not known; build it anew; where that was done since, delete " + folder)
                .contains("server2.applying.note");
        assertThat(marks().of(OTHER, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
    }

    /** The directory may be everybody's. */
    @Test
    void what_others_left_there_stops_nobody() throws IOException {
        Archive archive = archive();
        archive.note("server9.given", "{");
        archive.note("server2.given", "{");
        archive.note("server3.applying", "{");
        assertThat(marks().of(OTHER, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
        Path one = new ArchiveStore(folder)
                .notes().stream()
                        .map(ArchiveStore.Note::file)
                        .filter(file -> file.toString().contains("server2"))
                        .findFirst()
                        .orElseThrow();
        Files.delete(one);
        Files.createDirectory(one);
        assertThat(marks().of(ONE, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
    }

    /** Its manager died before it crossed out that it was being given events. */
    @Test
    void one_that_was_given_everything_has_it_though_that_was_the_last_that_was_noted() {
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, GIVEN);
        marks().applying(archive, ONE, SHOWN, GIVEN);
        assertFurther(marks().of(ONE, SampleStatus.at(SHOWN)), GIVEN);
    }

    @Test
    void the_furthest_of_several_counts() {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        Archive second = SampleArchive.saved(folder, "20260102000000");
        marks().applying(second, ONE, SHOWN, second.end());
        assertThat(marks().of(ONE, SampleStatus.at(SHOWN))).isInstanceOf(Reading.Unknown.class);
        marks().given(second, ONE, SHOWN, second.end());
        assertFurther(marks().of(ONE, SampleStatus.at(SHOWN)), second.end());
    }

    @Test
    void one_that_has_come_further_since_has_what_it_shows() {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        marks().applying(archive(), OTHER, SHOWN, GIVEN);
        assertThat(marks().of(ONE, SampleStatus.at(GIVEN))).isEqualTo(ALL_SHOWN);
        assertThat(marks().of(OTHER, SampleStatus.at(GIVEN))).isEqualTo(ALL_SHOWN);
    }

    @Test
    void of_one_that_shows_another_place_since_nobody_knows_what_it_has() {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        BinlogPosition between = new BinlogPosition(SHOWN.file(), 500);
        assertThat(why(ONE, between)).contains("up to " + GIVEN, "it showed " + SHOWN, "now it shows " + between);
        assertThat(why(ONE, new BinlogPosition("bin.000009", 700))).contains("now it shows bin.000009:700");
    }

    @Test
    void it_counts_for_a_server_whatever_its_section_and_its_name_are_by_then() {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        ServerId renamed = new ServerId(2, "server9", "alias", "10.0.9.9", 3307);
        SqlMarks later = SampleMarks.of(SampleMarks.with(facts(false), renamed, replica(facts(false), ONE)));
        assertFurther(later.of(renamed, SampleStatus.at(SHOWN)), GIVEN);
    }

    @Test
    void it_does_not_count_for_another_server_under_the_old_name() {
        marks().applying(archive(), ONE, SHOWN, GIVEN);
        SqlMarks later = SampleMarks.of(SampleMarks.with(facts(false), ONE, replica(facts(false), OTHER)));
        assertThat(later.of(ONE, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
    }

    /** It has no UUID, and who was built anew under the old name or number may be the old one. */
    @Test
    void on_MariaDB_name_or_number_will_do() {
        FailoverFacts facts = facts(true);
        SampleMarks.of(facts).applying(archive(), ONE, SHOWN, GIVEN);
        ServerId renamed = new ServerId(2, "server9", "alias", "10.0.9.9", 3307);
        assertThat(SampleMarks.of(SampleMarks.with(facts, renamed, replica(facts, ONE)))
                        .of(renamed, SampleStatus.at(SHOWN)))
                .isInstanceOf(Reading.Unknown.class);
        assertThat(SampleMarks.of(SampleMarks.with(facts, ONE, replica(facts, OTHER)))
                        .of(ONE, SampleStatus.at(SHOWN)))
                .isInstanceOf(Reading.Unknown.class);
        assertThat(SampleMarks.of(facts).of(OTHER, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
    }

    /** Applications may share a directory, and number their servers alike. */
    @Test
    void on_MariaDB_servers_of_another_application_do_not_count_by_their_number() {
        FailoverFacts facts = facts(true);
        SampleMarks.of(facts).applying(archive(), ONE, SHOWN, GIVEN);
        ServerId same = new ServerId(1, "server2", "alias", "10.0.9.9", 3307);
        FailoverFacts others = SampleMarks.called("app2", SampleMarks.with(facts, same, replica(facts, ONE)));
        assertThat(SampleMarks.of(others).of(same, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
    }

    @Test
    void events_of_another_source_do_not_count() {
        marks().applying(archive(), ONE, SHOWN, GIVEN);
        FailoverFacts rebuilt =
                SampleMarks.with(facts(false), replica(facts(false), OTHER).facts());
        assertThat(SampleMarks.of(rebuilt).of(ONE, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
    }

    @Test
    void it_lasts_longer_than_the_archive() {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        SampleArchive.saved(folder, "20260102000000");
        assertThat(new ArchiveStore(folder).expire("app1", Duration.ZERO, Instant.now()))
                .hasSize(1);
        assertFurther(marks().of(ONE, SampleStatus.at(SHOWN)), GIVEN);
    }

    @Test
    void it_is_forgotten_once_it_follows_another_source() {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        marks().given(archive(), OTHER, SHOWN, GIVEN);
        marks().forget(ONE);
        assertThat(marks().of(ONE, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
        assertFurther(marks().of(OTHER, SampleStatus.at(SHOWN)), GIVEN);
    }

    /** Its manager died between the two: what is left then must not make it one of which nobody knows what it has. */
    @Test
    void it_is_forgotten_with_the_note_that_it_was_being_given_it() {
        Archive archive = archive();
        marks().given(archive, ONE, SHOWN, GIVEN);
        marks().applying(archive, ONE, SHOWN, GIVEN);
        marks().forget(ONE);
        assertThat(new ArchiveStore(folder).notes()).isEmpty();
    }

    /** Managers of other users share the directory. */
    @Test
    void a_note_that_this_user_may_not_read_is_no_end_of_what_it_was_given() throws IOException {
        marks().given(archive(), ONE, SHOWN, GIVEN);
        Path saved = new ArchiveStore(folder).notes().get(0).file();
        Path file = renamed(saved, "db1", facts(false).tree().source().host());
        Files.setPosixFilePermissions(file, Set.of());
        assumeThat(Files.isReadable(file)).isFalse();
        assertThat(why(ONE, SHOWN)).contains(file + ": cannot be read: permission denied", "let this user read");
        assertThat(marks().of(OTHER, SampleStatus.at(SHOWN))).isEqualTo(ALL_SHOWN);
        renamed(file, "server2", "server77");
        assertThat(why(ONE, SHOWN)).contains("cannot be read");
        assertThat(why(OTHER, SHOWN)).contains("cannot be read");
    }

    private static Path renamed(Path file, String part, String other) throws IOException {
        return Files.move(
                file, file.resolveSibling(file.getFileName().toString().replace(part, other)));
    }

    @Test
    void why_it_cannot_be_gone_on_with_is_told() {
        marks().lost(archive(), ONE, SHOWN, GIVEN, "its temporary tables are gone");
        assertThat(why(ONE, SHOWN)).startsWith("its temporary tables are gone; build it anew");
    }

    @Test
    void before_anything_is_started_there_people_are_told() {
        assertThat(marks().caution(ONE, SampleStatus.at(SHOWN))).isEmpty();
        marks().given(archive(), ONE, SHOWN, GIVEN);
        BinlogPosition before = new BinlogPosition(SHOWN.file(), 120);
        assertThat(marks().caution(ONE, SampleStatus.at(before))).hasValueSatisfying(text -> assertThat(text)
                .contains(
                        "a second time",
                        "CHANGE MASTER TO MASTER_LOG_FILE='" + GIVEN.file() + "', MASTER_LOG_POS=700"));
        assertThat(marks().caution(ONE, SampleStatus.at(GIVEN))).isEmpty();
        marks().applying(archive(), OTHER, SHOWN, GIVEN);
        assertThat(marks().caution(OTHER, SampleStatus.at(SHOWN)))
                .hasValueSatisfying(text -> assertThat(text).contains("build it anew", "start no replication there"));
    }

    private String why(ServerId server, BinlogPosition shown) {
        return ((Reading.Unknown) marks().of(server, SampleStatus.at(shown))).why();
    }

    private SqlMarks marks() {
        return SampleMarks.in(folder);
    }

    private FailoverFacts facts(boolean mariadb) {
        return SampleMarks.facts(folder, mariadb);
    }

    private static Replica replica(FailoverFacts facts, ServerId server) {
        return facts.tree().replica(server).orElseThrow();
    }

    private Archive archive() {
        return SampleArchive.saved(folder);
    }

    private static void assertFurther(Reading reading, BinlogPosition place) {
        assertThat(reading).isInstanceOfSatisfying(Reading.Further.class, further -> assertThat(further.place())
                .isEqualTo(place));
    }
}
