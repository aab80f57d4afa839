package io.mha4j.report.trouble;

import io.mha4j.report.AtomicFile;
import io.mha4j.report.StateFiles;
import io.mha4j.report.json.FormException;
import io.mha4j.report.json.JsonForm;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Which old masters have transactions of their own. Unlike other troubles it is no running manager's: it is there until the old
 * master belongs to the tree again, or somebody removes the file.
 */
public final class DivergedFile {
    private final StateFiles files;
    private final InstantSource clock;
    private final JsonForm json = new JsonForm();

    /** What is written down. */
    private record Present(List<Trouble> troubles) {}

    public DivergedFile(StateFiles files, InstantSource clock) {
        this.files = files;
        this.clock = clock;
    }

    /**
     * One has diverged: now, or still.
     *
     * @param server host, address and port
     * @param why    one clause
     * @throws io.mha4j.report.ReportException if that cannot be written down
     */
    public void begin(String server, String why) {
        List<Trouble> all = new ArrayList<>(present());
        Trouble now = new Trouble(
                Trouble.State.DIVERGED,
                server,
                why,
                all.stream()
                        .filter(t -> t.server().equals(server))
                        .findFirst()
                        .map(Trouble::since)
                        .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS)));
        all.removeIf(t -> t.server().equals(server));
        all.add(now);
        write(all);
    }

    /**
     * One has nothing of its own any more, if it had.
     *
     * @throws io.mha4j.report.ReportException if that cannot be written down
     */
    public void end(String server) {
        List<Trouble> all = present();
        List<Trouble> others =
                all.stream().filter(t -> !t.server().equals(server)).toList();
        if (!others.equals(all)) {
            write(others);
        }
    }

    private void write(List<Trouble> all) {
        try {
            if (all.isEmpty()) {
                Files.deleteIfExists(files.diverged());
            } else {
                AtomicFile.write(files.diverged(), json.line(new Present(all)) + "\n", clock.instant());
            }
        } catch (IOException e) {
            throw StateFiles.notWritten(files.diverged(), e);
        }
    }

    /**
     * All of them, the longest known first; none if the file is of another version.
     *
     * @throws io.mha4j.report.ReportException if there is a file that cannot be read
     */
    public List<Trouble> present() {
        try {
            return json.read(AtomicFile.read(files.diverged()), Present.class).troubles();
        } catch (FileNotFoundException | FormException e) {
            return List.of();
        } catch (IOException e) {
            throw StateFiles.notRead(files.diverged(), e);
        }
    }
}
