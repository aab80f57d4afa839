package io.mha4j.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class SectionOrderProperties {
    @Provide
    Arbitrary<List<String>> names() {
        return Arbitraries.strings()
                .withChars('0', '1', '2', '9', 'a', 'x', '_')
                .ofMinLength(1)
                .ofMaxLength(4)
                .map(id -> "server" + id)
                .list()
                .uniqueElements()
                .ofMaxSize(6);
    }

    @Property
    void the_order_is_that_of_a_naive_version(@ForAll("names") List<String> names) {
        assertThat(SectionOrder.of(names)).isEqualTo(naive(names));
    }

    @Property
    void the_order_in_the_file_does_not_count(@ForAll("names") List<String> names) {
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        assertThat(SectionOrder.of(names)).isEqualTo(SectionOrder.of(reversed));
    }

    @Example
    void numbers_count_as_numbers_only_if_every_name_has_one() {
        assertThat(SectionOrder.of(List.of("server10", "server2", "server_1x")))
                .containsExactly("server_1x", "server2", "server10");
        assertThat(SectionOrder.of(List.of("server10", "server2", "server_x")))
                .containsExactly("server10", "server2", "server_x");
    }

    /** Sorts by exchanging neighbours until nothing changes. */
    private static List<String> naive(List<String> names) {
        boolean numeric = names.stream().noneMatch(name -> number(name).isEmpty());
        List<String> sorted = new ArrayList<>(names);
        for (int round = 0; round < sorted.size(); round++) {
            for (int i = 0; i + 1 < sorted.size(); i++) {
                if (isAfter(sorted.get(i), sorted.get(i + 1), numeric)) {
                    Collections.swap(sorted, i, i + 1);
                }
            }
        }
        return sorted;
    }

    private static boolean isAfter(String a, String b, boolean numeric) {
        if (numeric && Long.parseLong(number(a)) != Long.parseLong(number(b))) {
            return Long.parseLong(number(a)) > Long.parseLong(number(b));
        }
        return a.compareTo(b) > 0;
    }

    private static String number(String name) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isDigit(c)) {
                digits.append(c);
            } else if (digits.length() > 0) {
                break;
            }
        }
        return digits.toString();
    }
}
