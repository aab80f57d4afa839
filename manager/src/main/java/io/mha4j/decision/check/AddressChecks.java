package io.mha4j.decision.check;

import io.mha4j.base.ServerId;
import io.mha4j.config.ServerSettings;
import io.mha4j.config.ServerSettings.MovedAddress;
import io.mha4j.topology.details.AddressPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the manager could move the clients' address itself, and whether that is where clients look for it. */
final class AddressChecks {
    private final CheckFacts facts;
    private final Set<ServerId> heirs;
    private final List<CheckFinding> findings = new ArrayList<>();

    private AddressChecks(CheckFacts facts) {
        this.facts = facts;
        this.heirs = TreeChecks.heirs(facts);
    }

    static List<CheckFinding> findings(CheckFacts facts) {
        List<ServerSettings> told = facts.app().servers().stream()
                .filter(server -> server.scripts().vip().isPresent()
                        && facts.host(server.id()).address().isPresent())
                .toList();
        if (told.isEmpty()) {
            return List.of();
        }
        AddressChecks checks = new AddressChecks(facts);
        told.forEach(server -> checks.add(
                server,
                server.scripts().vip().orElseThrow(),
                facts.host(server.id()).address().orElseThrow()));
        return checks.findings;
    }

    private void add(ServerSettings server, MovedAddress moved, AddressPlace place) {
        ServerId id = server.id();
        if (id.equals(facts.tree().source())) {
            place.unable()
                    .ifPresent(why -> find(
                            Check.HOOK,
                            id,
                            "vip %s could not be taken off %s: %s.".formatted(moved.vip(), id, why),
                            able()));
            place.nowhere()
                    .ifPresent(why -> find(
                            Check.ADDRESS,
                            id,
                            "vip %s could not come back to %s: %s.".formatted(moved.vip(), id, why),
                            device()));
            if (!place.held()) {
                missing(id, moved);
            }
        } else if (heirs.contains(id)) {
            String given = "vip %s could not be given to %s: ".formatted(moved.vip(), id);
            place.unable().ifPresent(why -> find(Check.HOOK, id, given + why + ".", able()));
            place.nowhere().ifPresent(why -> find(Check.HOOK, id, given + why + ".", device()));
        }
    }

    private static String able() {
        return "ssh_user must be root there, or ssh_sudo=1, and the program ip (iproute2) be installed.";
    }

    private static String device() {
        return "Set vip_interface in its section to an interface that `ip address` shows there.";
    }

    private void missing(ServerId source, MovedAddress moved) {
        String elsewhere = facts.app().servers().stream()
                .map(ServerSettings::id)
                .filter(id ->
                        facts.host(id).address().filter(AddressPlace::held).isPresent())
                .map(ServerId::toString)
                .collect(Collectors.joining(" and "));
        String device = moved.device().orElse("<interface>");
        find(
                Check.ADDRESS,
                source,
                "vip %s is not at the host of the master %s%s; clients do not reach it."
                        .formatted(moved.vip(), source, elsewhere.isEmpty() ? "" : ", but at that of " + elsewhere),
                "%sip address add %s dev %s there."
                        .formatted(elsewhere.isEmpty() ? "" : "Take it off that, then ", moved.vip(), device));
    }

    private void find(Check check, ServerId server, String cause, String cure) {
        findings.add(CheckFinding.of(check, server, cause, cure));
    }
}
