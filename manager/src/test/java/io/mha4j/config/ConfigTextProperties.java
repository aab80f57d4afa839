package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ConfigTextProperties {
    private static final String FILE = """
            # the shop's databases
            [server default]
            user = mha   ; see wiki

            # old
            [server1]
            hostname=host1
            # was 2 until May
            port=3307

            # newer machine
            [server2]
            hostname=host2
            """;

    @Example
    void a_removed_section_leaves_everything_else_as_it_was() {
        assertThat(new ConfigText(FILE).without("server1").text()).isEqualTo("""
                        # the shop's databases
                        [server default]
                        user = mha   ; see wiki

                        # old

                        # newer machine
                        [server2]
                        hostname=host2
                        """);
    }

    @Example
    void the_last_section_can_be_removed() {
        assertThat(new ConfigText(FILE).without("server2").text()).isEqualTo(FILE.replaceAll("(?s)\\[server2].*", ""));
    }

    @Example
    void an_unknown_section_changes_nothing() {
        assertThat(new ConfigText(FILE).without("server3").text()).isEqualTo(FILE);
        assertThat(new ConfigText(FILE).has("server3")).isFalse();
        assertThat(new ConfigText("# [server3]\n").has("server3")).isFalse();
    }

    @Example
    void a_section_is_added_at_the_end_behind_a_blank_line() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("hostname", "host3");
        entries.put("password", "it's ; 'quoted'");
        assertThat(new ConfigText(FILE.strip()).with("server3", entries).text())
                .isEqualTo(FILE + "\n[server3]\nhostname=host3\npassword=\"it's ; 'quoted'\"\n");
        assertThat(new ConfigText("").with("server3", Map.of("hostname", "h")).text())
                .isEqualTo("[server3]\nhostname=h\n");
    }

    @Example
    void line_ends_are_kept() {
        assertThat(new ConfigText("[server1]\r\nhostname=a\r\n")
                        .with("server2", Map.of("hostname", "b"))
                        .text())
                .isEqualTo("[server1]\r\nhostname=a\r\n\r\n[server2]\r\nhostname=b\r\n");
    }

    @Example
    void a_section_cannot_be_added_twice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConfigText(FILE).with("server1", Map.of("hostname", "x")));
    }

    @Provide
    Arbitrary<Map<String, Map<String, String>>> sections() {
        Arbitrary<String> values = Arbitraries.of("'", "\"", " ; ", ";", " ", "#", "=", "[", "]", "a")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        Arbitrary<Map<String, String>> entries = Arbitraries.maps(Arbitraries.of("user", "password", "port"), values)
                .ofMaxSize(3);
        return Arbitraries.maps(Arbitraries.of("server1", "server2", "server default", "binlog1"), entries)
                .ofMaxSize(4);
    }

    @Property
    void what_is_rendered_is_parsed_again(@ForAll("sections") Map<String, Map<String, String>> sections) {
        ConfigText text = new ConfigText("# start\n");
        for (Map.Entry<String, Map<String, String>> section : sections.entrySet()) {
            text = text.with(section.getKey(), section.getValue());
        }
        assertThat(parsed(text)).isEqualTo(sections);
    }

    @Property
    void removing_a_section_keeps_the_others(@ForAll("sections") Map<String, Map<String, String>> sections) {
        for (String removed : sections.keySet()) {
            ConfigText text = new ConfigText("");
            for (Map.Entry<String, Map<String, String>> section : sections.entrySet()) {
                text = text.with(section.getKey(), section.getValue());
            }
            Map<String, Map<String, String>> rest = new LinkedHashMap<>(sections);
            rest.remove(removed);
            assertThat(parsed(text.without(removed))).isEqualTo(rest);
        }
    }

    private static Map<String, Map<String, String>> parsed(ConfigText text) {
        IniFile file = IniFile.parse("x", text.text());
        assertThat(file.problems()).isEqualTo(List.of());
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        for (IniFile.Section section : file.sections()) {
            Map<String, String> entries = new LinkedHashMap<>();
            section.entries().forEach(entry -> entries.put(entry.key(), entry.value()));
            sections.put(section.name(), entries);
        }
        return sections;
    }
}
