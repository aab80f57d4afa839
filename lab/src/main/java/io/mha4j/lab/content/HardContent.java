package io.mha4j.lab.content;

import io.mha4j.lab.base.LabException;
import io.mha4j.lab.server.BinlogFormat;
import io.mha4j.lab.server.LabServer;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every kind of content that the events of one server can be made of. Sections are independent of each other; each is
 * written once, in tables of its own.
 */
public final class HardContent {
    private final LabServer server;
    private final List<Section> sections;

    private HardContent(LabServer server, List<Section> sections) {
        this.server = server;
        this.sections = List.copyOf(sections);
    }

    /** What can be written on {@code server}, which logs in this format and has GTIDs or not. */
    public static HardContent on(LabServer server, boolean gtid, BinlogFormat format) {
        Place place = new Place(server.kind(), gtid, format);
        return new HardContent(
                server,
                Stream.of(StatementSections.all(), DataSections.all(), FlavourSections.all())
                        .flatMap(List::stream)
                        .filter(section -> section.where().test(place))
                        .toList());
    }

    /** Names of the sections, in their order. */
    public List<String> names() {
        return sections.stream().map(Section::name).toList();
    }

    /** Writes everything, in order. */
    public void write() {
        sections.forEach(this::write);
    }

    /**
     * Writes one section.
     *
     * @throws LabException if there is none of that name here
     */
    public void write(String name) {
        write(sections.stream()
                .filter(section -> section.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LabException(server + " has no content " + name)));
    }

    private void write(Section section) {
        try {
            section.work().on(server);
        } catch (SQLException e) {
            throw new LabException(server + ": " + section.name() + ": " + e.getMessage(), e);
        }
    }
}
