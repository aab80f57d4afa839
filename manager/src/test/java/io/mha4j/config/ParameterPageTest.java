package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps the reference page true: {@code -Ddocs.rewrite=true} writes it from the declarations. */
final class ParameterPageTest {
    private static final Path PAGE = Path.of("../docs/parameters.md");

    @Test
    void the_reference_page_tells_what_is_declared() throws IOException {
        String page = new ParameterPage(Parameters.ALL).text();
        if (Boolean.getBoolean("docs.rewrite")) {
            Files.createDirectories(PAGE.toAbsolutePath().normalize().getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("run: mvn -pl manager test -Dtest=ParameterPageTest -Ddocs.rewrite=true")
                .content()
                .isEqualTo(page);
    }

    @Test
    void every_constant_is_in_the_list_and_every_name_once() throws IllegalAccessException {
        for (java.lang.reflect.Field field : Parameters.class.getFields()) {
            if (Parameter.class.isAssignableFrom(field.getType())) {
                assertThat(field.get(null)).as(field.getName()).isIn(Parameters.ALL);
            }
        }
        assertThat(Parameters.ALL).extracting(Parameter::name).doesNotHaveDuplicates();
    }

    @Test
    void every_default_is_a_value_that_is_allowed() {
        for (Parameter<?> parameter : Parameters.ALL) {
            parameter.defaultText().ifPresent(text -> assertThat(parameter.accepts(text))
                    .as("%s=%s", parameter, text)
                    .isTrue());
        }
    }
}
