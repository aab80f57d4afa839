package io.mha4j.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Identifiers one by one against the union of their texts. */
final class GtidSetBuilderProperties {
    private static final List<MysqlGtid.Origin> ORIGINS = List.of(
            new MysqlGtid.Origin(new UUID(1, 2), ""),
            new MysqlGtid.Origin(new UUID(1, 2), "backup"),
            new MysqlGtid.Origin(new UUID(-1, -2), ""));

    @Property(tries = 300)
    void the_order_of_identifiers_does_not_matter(
            @ForAll List<@IntRange(min = 1, max = 60) Integer> numbers, @ForAll @IntRange(max = 2) int step) {
        GtidSetBuilder builder = new GtidSetBuilder();
        GtidSet union = GtidSet.EMPTY;
        for (int i = 0; i < numbers.size(); i++) {
            MysqlGtid gtid = new MysqlGtid(ORIGINS.get(i * step % ORIGINS.size()), numbers.get(i));
            builder.add(gtid);
            union = union.union(GtidSet.parse(gtid.toString()));
        }
        assertThat(builder.build()).isEqualTo(union);
    }
}
