package io.mha4j.monitor.simulation;

import io.mha4j.base.Sleeper;
import io.mha4j.monitor.Evidence;
import io.mha4j.monitor.SourceProbe;
import io.mha4j.monitor.death.Scene;

/** How a manager goes about watching; each part can be done wrongly, to see whether that is found. */
interface Handling {
    /** As the product does it. */
    Handling RIGHT = new Handling() {};

    default SourceProbe probe(SourceProbe right) {
        return right;
    }

    /** Before the replicas are asked too. */
    default Evidence routes(Evidence right) {
        return right;
    }

    default Evidence evidence(Evidence right) {
        return right;
    }

    default Scene scene(Scene right) {
        return right;
    }

    default Sleeper sleeper(Sleeper right) {
        return right;
    }
}
