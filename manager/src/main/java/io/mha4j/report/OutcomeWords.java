package io.mha4j.report;

import io.mha4j.decision.Outcome;
import io.mha4j.decision.Step;
import io.mha4j.decision.StepResult;
import java.util.ArrayList;
import java.util.List;

/** The sentences of MHA 0.58's report for one ended step; none where MHA has none and nothing went wrong. */
final class OutcomeWords implements Step.Cases<List<String>> {
    private final Outcome outcome;
    private final boolean gtids;
    private final boolean levelled;

    /** @param levelled whether the server was given saved events before */
    OutcomeWords(Outcome outcome, boolean gtids, boolean levelled) {
        this.outcome = outcome;
        this.gtids = gtids;
        this.levelled = levelled;
    }

    @Override
    public List<String> startApplier(Step.StartApplier step) {
        return orError("Starting SQL thread failed", List.of());
    }

    @Override
    public List<String> stopReceiver(Step.StopReceiver step) {
        return orError("Stopping IO thread failed", List.of());
    }

    @Override
    public List<String> withdrawAddress(Step.WithdrawAddress step) {
        String failed = "Failed to invalidate master IP address on " + step.server();
        return hook(List.of("Invalidated master IP address on " + step.server()), List.of(goneOn(failed)), failed);
    }

    @Override
    public List<String> fence(Step.Fence step) {
        return fenced("The dead master " + step.server() + ": ");
    }

    /** What was well before and still is need not be said again. */
    @Override
    public List<String> awaitFence(Step.AwaitFence step) {
        boolean well = outcome instanceof Outcome.Finished f
                && f.result() instanceof StepResult.Fenced fenced
                && fenced.proven()
                && !fenced.cameBack();
        return well ? List.of() : fenced("The dead master " + step.server() + ", looked at again: ");
    }

    private List<String> fenced(String about) {
        return outcome instanceof Outcome.Finished f && f.result() instanceof StepResult.Fenced fenced
                ? List.of(about + fenced.clause() + ".")
                : orError("Fencing failed", List.of());
    }

    /** Here exit status 10 means success of a lesser kind: the server is stopped, its host is up. */
    @Override
    public List<String> shutDown(Step.ShutDown step) {
        return hook(
                List.of("Power off " + step.server() + "."),
                List.of("Stopped mysqld process on " + step.server() + " over SSH."),
                "Failed to shut down " + step.server());
    }

    @Override
    public List<String> findTail(Step.FindTail step) {
        return orError("Finding by GTID what replicas lack of the dead master's binary log failed", List.of());
    }

    @Override
    public List<String> saveTail(Step.SaveTail step) {
        return saved("Saved binary log events from the dead master " + step.server() + "'s host", "the dead master's");
    }

    @Override
    public List<String> saveRelayLog(Step.SaveRelayLog step) {
        return saved("Saved relay log events from " + step.server(), "relay log");
    }

    private List<String> saved(String done, String whose) {
        if (outcome instanceof Outcome.Finished f && f.result() instanceof StepResult.Saved saved) {
            return List.of("%s, %s to %s: %d transactions, %d bytes."
                    .formatted(done, saved.start(), saved.readTo(), saved.transactions(), saved.bytes()));
        }
        return orError("Saving " + whose + " events failed", List.of());
    }

    @Override
    public List<String> level(Step.Level step) {
        return orError(
                "Applying differential logs failed",
                List.of(step.server() + ": OK: Applied saved events up to " + step.upTo() + "."));
    }

    @Override
    public List<String> applyRelayLog(Step.ApplyRelayLog step) {
        return orError("Applying all logs failed", List.of());
    }

    @Override
    public List<String> catchUp(Step.CatchUp step) {
        return orError("Applying all logs failed", List.of());
    }

    @Override
    public List<String> lookAtSource(Step.LookAtSource step) {
        return orError("The dead master was asked once more", List.of());
    }

    @Override
    public List<String> detach(Step.Detach step) {
        String done = step.keepSettings() ? "Stopped replication, kept slave info." : "Resetting slave info succeeded.";
        return orError("Resetting slave info failed", List.of(step.server() + ": " + done));
    }

    @Override
    public List<String> readCoordinates(Step.ReadCoordinates step) {
        return orError(
                "Reading the binary log's position failed",
                List.of(
                        "Selected " + step.server() + " as a new master.",
                        step.server() + ": OK: Applying all logs succeeded."));
    }

    @Override
    public List<String> assignAddress(Step.AssignAddress step) {
        String failed = step.server() + ": ERROR: Activating master IP address failed";
        return hook(List.of(step.server() + ": OK: Activated master IP address."), List.of(goneOn(failed)), failed);
    }

    @Override
    public List<String> makeWritable(Step.MakeWritable step) {
        return orError("Setting read_only=0 failed", List.of());
    }

    /** What is as it should be need not be said. */
    @Override
    public List<String> confirmOpen(Step.ConfirmOpen step) {
        List<String> done = new ArrayList<>();
        if (outcome instanceof Outcome.Finished f && f.result() instanceof StepResult.Open open) {
            if (open.again()) {
                done.add(
                        step.server()
                                + ": It was started anew when it was the new master, read-only; read_only=0 was set once more.");
            }
            open.addressMissing()
                    .ifPresent(why -> done.add(step.server()
                            + ": ERROR: It was started anew, and its address (vip) could not be given to it again: "
                            + why));
        }
        return orError("It takes no writes any more", done);
    }

    @Override
    public List<String> repoint(Step.Repoint step) {
        String received =
                levelled ? "Had received less and was levelled." : "This host has the latest relay log events.";
        String started = "Slave started, replicating from " + step.newSource();
        List<String> done = gtids
                ? List.of(step.server() + ": OK: " + started)
                : List.of(
                        step.server() + ": " + received,
                        step.server() + ": OK: Applying all logs succeeded. " + started);
        return orError("Starting slave failed", done);
    }

    @Override
    public List<String> awaitSync(Step.AwaitSync step) {
        return orError("Failed on waiting gtid exec set on master", List.of());
    }

    private List<String> orError(String failure, List<String> done) {
        return outcome instanceof Outcome.Failed failed
                ? List.of(failed.step().server() + ": ERROR: " + failure + ": " + failed.why())
                : done;
    }

    private List<String> hook(List<String> done, List<String> ten, String failure) {
        if (outcome instanceof Outcome.Failed failed) {
            return List.of(failure + ": " + failed.why());
        }
        if (outcome instanceof Outcome.Finished f && f.result() instanceof StepResult.HookAnswer answer) {
            return switch (answer.exitStatus()) {
                case 0 -> done;
                case 10 -> ten;
                default -> List.of();
            };
        }
        return List.of();
    }

    private static String goneOn(String failed) {
        return failed + " with return code 10; went on as the script says.";
    }
}
