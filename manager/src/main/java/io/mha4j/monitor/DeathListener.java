package io.mha4j.monitor;

import java.util.List;

/** Told what is found about the life and death of a source; the first two by any thread, one at a time. */
public interface DeathListener {
    /** It is known who the living source is, told as a clause; told when it changes. */
    void known(String who);

    /** It is not known, and why; told when it changes. */
    void unknown(String why);

    /** It is dead; each clause tells one thing that shows it. */
    void certain(List<String> evidence);

    /** It may be dead; each clause tells what is missing or speaks against it. Told once per change. */
    void uncertain(List<String> against);
}
