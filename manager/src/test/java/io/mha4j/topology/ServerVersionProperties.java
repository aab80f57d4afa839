package io.mha4j.topology;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

/** Versions survive whatever a builder appends to them, and are ordered by number. */
final class ServerVersionProperties {
    @Property(edgeCases = EdgeCasesMode.NONE)
    void what_is_appended_does_not_matter(
            @ForAll @IntRange(max = 99) int major,
            @ForAll @IntRange(max = 99) int minor,
            @ForAll @IntRange(max = 99) int patch,
            @ForAll @AlphaChars @NumericChars @Chars({'.', '-', '+', '~', ':'}) @StringLength(max = 20) String rest) {
        ServerVersion read = ServerVersion.parse(major + "." + minor + "." + patch + "-x" + rest);
        assertThat(read.major()).isEqualTo(major);
        assertThat(read.minor()).isEqualTo(minor);
        assertThat(read.patch()).isEqualTo(patch);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void versions_of_a_flavour_are_ordered_by_number(
            @ForAll @IntRange(max = 12) int one, @ForAll @IntRange(max = 12) int other, @ForAll boolean mariadb) {
        String flavour = mariadb ? "-MariaDB" : "-log";
        for (String text : new String[] {"%d.3.3", "10.%d.3", "10.3.%d"}) {
            int order = ServerVersion.parse(text.formatted(one) + flavour)
                    .compareTo(ServerVersion.parse(text.formatted(other) + flavour));
            assertThat(Integer.signum(order)).isEqualTo(Integer.compare(one, other));
        }
    }
}
