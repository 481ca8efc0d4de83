package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;

/// More memory for what runs already.
final class Limits {

    private Limits() {}

    /// A unit's limit, without a restart and until the next boot.
    static Mitigation raise(Branch branch, Place.Systemd at) {
        return Mitigation.of(branch, "raise-limit", "Give the unit more memory")
                .when(
                        "`MemoryMax` is set and nearly used, and `free -m` shows room. Note it as"
                                + " `MEMORY_NOW`. It holds until the next boot.")
                .change(set(at, "MEMORY_MAX", "Set MEMORY_MAX to the new limit, for example 2G"))
                .verify(
                        Systemd.state(at),
                        "`MemoryMax` is the new value, and `MemoryCurrent` stays below it for ten"
                                + " minutes.")
                .undo(
                        "Back to the limit of before.",
                        set(at, "MEMORY_NOW", "Set MEMORY_NOW to the limit from before"));
    }

    private static Script set(Place.Systemd at, String variable, String hint) {
        return Script.of(
                        Systemd.sudo(
                                "systemctl set-property --runtime",
                                at.unit().value(),
                                Word.option("MemoryMax", Word.variable(variable))))
                .needing(variable, hint);
    }

    /// A workload's limit; its pods are replaced.
    static Mitigation raise(Branch branch, Place.Kubernetes at) {
        return Mitigation.of(branch, "raise-limit", "Give the containers more memory")
                .when(
                        "Containers ended as `OOMKilled`, and a node has room for the new request. Note"
                                + " the limit that `kubectl describe` shows as `MEMORY_NOW`. Where a"
                                + " pipeline owns the workload, change it there as well, or its next run"
                                + " undoes this.")
                .change(set(at, "MEMORY_MAX", "Set MEMORY_MAX to the new limit, for example 1Gi"))
                .verify(
                        Kubernetes.terminations(at),
                        "No new `OOMKilled` for ten minutes, and restarts stand still.")
                .undo(
                        "Back to the limit of before.",
                        set(at, "MEMORY_NOW", "Set MEMORY_NOW to the limit from before"));
    }

    private static Script set(Place.Kubernetes at, String variable, String hint) {
        return Kubernetes.in(
                        at,
                        Kubernetes.kubectl(
                                at,
                                "set resources",
                                Kubernetes.workload(at),
                                Word.option("--containers", Word.variable("CONTAINER")),
                                Word.joined(Word.text("--limits=memory="), Word.variable(variable)),
                                Word.joined(
                                        Word.text("--requests=memory="), Word.variable(variable))))
                .needing("CONTAINER", "Set CONTAINER to the container that was ended")
                .needing(variable, hint);
    }
}
