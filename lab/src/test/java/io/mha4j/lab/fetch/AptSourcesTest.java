package io.mha4j.lab.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AptSourcesTest {
    @Test
    void the_stanza_that_serves_the_release_names_the_archive() {
        String text = """
                Types: deb
                URIs: http://mirror.example/security
                Suites: bookworm-security
                Components: main

                Types: deb
                # a remark
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates
                Components: main
                """;

        assertThat(AptSources.archiveOf("bookworm", text)).contains("http://mirror.example/debian");
    }

    @Test
    void one_line_sources_are_read_with_and_without_options() {
        assertThat(AptSources.archiveOf("bookworm", "deb http://mirror.example/debian bookworm main contrib\n"))
                .contains("http://mirror.example/debian");
        assertThat(AptSources.archiveOf(
                        "bookworm", "deb [arch=amd64 signed-by=/k.gpg] https://mirror.example/d bookworm main\n"))
                .contains("https://mirror.example/d");
    }

    @Test
    void archives_of_others_and_lines_in_remarks_do_not_count() {
        assertThat(AptSources.archiveOf("bookworm", "deb https://packages.example/tool tool-bookworm main\n"))
                .isEmpty();
        assertThat(AptSources.archiveOf("bookworm", "# deb http://mirror.example/debian bookworm main\n"))
                .isEmpty();
        assertThat(AptSources.archiveOf("bookworm", "deb-src http://mirror.example/debian bookworm main\n"))
                .isEmpty();
    }
}
