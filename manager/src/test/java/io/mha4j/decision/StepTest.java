package io.mha4j.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.mha4j.base.ServerId;
import io.mha4j.binlog.BinlogPosition;
import io.mha4j.binlog.GtidSet;
import io.mha4j.binlog.Gtids;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepTest {
    private static final ServerId DB1 = new ServerId(0, "server1", "db1", "192.0.2.1", 3306);
    private static final ServerId DB2 = new ServerId(1, "server2", "db2", "192.0.2.2", 3306);

    static List<Class<?>> kinds() {
        return Arrays.stream(Step.class.getPermittedSubclasses())
                .filter(Class::isRecord)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_step_is_the_same_as_one_that_is_equal_and_differs_by_each_component(Class<? extends Step> kind)
            throws ReflectiveOperationException {
        RecordComponent[] components = kind.getRecordComponents();
        Step step = made(kind, components, -1);
        assertThat(step.isSame(made(kind, components, -1))).isTrue();
        for (int i = 0; i < components.length; i++) {
            Step other = made(kind, components, i);
            assertThat(other).isNotEqualTo(step);
            assertThat(step.isSame(other)).as(components[i].getName()).isFalse();
        }
        assertThat(step.isSame(new Step.Fence(DB1))).isEqualTo(step.equals(new Step.Fence(DB1)));
    }

    /** @param changed which component is another one */
    private static Step made(Class<? extends Step> kind, RecordComponent[] components, int changed)
            throws ReflectiveOperationException {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            values.add(value(types[i], i == changed));
        }
        Constructor<? extends Step> constructor = kind.getDeclaredConstructor(types);
        return constructor.newInstance(values.toArray());
    }

    private static Object value(Class<?> type, boolean changed) {
        if (type == ServerId.class) {
            return changed ? DB2 : DB1;
        } else if (type == boolean.class) {
            return changed;
        } else if (type == String.class) {
            return changed ? "b" : "a";
        } else if (type == BinlogPosition.class) {
            return new BinlogPosition("bin.000001", changed ? 5 : 4);
        } else if (type == Gtids.class) {
            return changed ? GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1") : GtidSet.EMPTY;
        } else if (type == List.class) {
            return changed ? List.of(GtidSet.EMPTY) : List.of();
        } else if (type == Optional.class) {
            return changed ? Optional.of(new BinlogPosition("bin.000001", 4)) : Optional.empty();
        } else if (type == Step.Start.class) {
            return changed ? new Step.Start.ByGtid() : new Step.Start.At(new BinlogPosition("bin.000001", 4));
        }
        throw new IllegalArgumentException("no value of " + type);
    }
}
