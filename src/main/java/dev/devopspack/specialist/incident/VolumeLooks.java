package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;

/// What to look at and to do where volumes of Kubernetes have no room.
final class VolumeLooks {

    private VolumeLooks() {}

    static Looks of(Service service, Place.Kubernetes at) {
        String node = "Set NODE to the node of a pod that fails";
        List<Check> checks =
                List.of(
                        Check.of(
                                "errors",
                                "Whether it fails for want of room",
                                Kubernetes.logs(
                                        at,
                                        "no space left|enospc|disk full|read-only file system|quota",
                                        30),
                                Reading.next(
                                        "`No space left on device` with a path",
                                        "the path tells which volume"),
                                Reading.next("no line", "it does not write, or is ended before")),
                        Check.of(
                                "events",
                                "Whether the node evicts pods",
                                Kubernetes.warnings(at),
                                Reading.of(
                                        "`Evicted … ephemeral-storage`",
                                        "it writes into the container instead of a volume",
                                        DiskFull.LOGS),
                                Reading.of(
                                        "`VolumeResizeFailed`, `FailedMount`",
                                        "the volume itself",
                                        DiskFull.DATA),
                                Reading.next("nothing", "go on")),
                        Check.of(
                                "room",
                                "How full its volumes are",
                                Kubernetes.selecting(
                                                at,
                                                Pipeline.of(
                                                        Kubernetes.kubectl(
                                                                at, "get persistentvolumeclaims")),
                                                Pipeline.of(
                                                        Kubernetes.kubectl(
                                                                at,
                                                                "get pods",
                                                                Kubernetes.selector(),
                                                                "--output=wide")),
                                                Pipeline.of(
                                                        Invocation.typed(
                                                                "kubectl get --raw",
                                                                Word.joined(
                                                                        Word.text("/api/v1/nodes/"),
                                                                        Word.variable("NODE"),
                                                                        Word.text(
                                                                                "/proxy/stats/summary"))),
                                                        Invocation.typed(
                                                                "grep -E",
                                                                "\"(name|availableBytes|capacityBytes|inodesFree)\"")))
                                        .needing("NODE", node),
                                Reading.of(
                                        "`inodesFree` near 0", "many small files", DiskFull.INODES),
                                Reading.of(
                                        "a claim's `availableBytes` near 0",
                                        "its data grew",
                                        DiskFull.DATA),
                                Reading.next(
                                        "plenty is left", "the node's own disk, or another node")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(
                Steps.restart(
                                DiskFull.LOGS,
                                service,
                                "It fills the container's own layer or an `emptyDir`: both are empty in"
                                        + " the new pod. What it wrote there is lost: see that it is"
                                        + " nothing wanted.")
                        .asFirst());
        steps.add(growClaim(at));
        steps.add(
                Steps.restart(
                                DiskFull.HELD,
                                service,
                                "Files were deleted while the process has them open; it lets go when it ends.")
                        .called("restart-b"));
        steps.add(removeFiles(at));
        return new Looks(checks, steps);
    }

    private static Mitigation growClaim(Place.Kubernetes at) {
        String claim = "Set CLAIM to the claim that is full";
        return Mitigation.of(DiskFull.DATA, "grow-claim", "Make the volume larger")
                .when(
                        "The claim's storage class has `allowVolumeExpansion: true` (`kubectl get"
                                + " storageclass`). A volume cannot be made smaller again, and AWS allows"
                                + " the next change only after six hours.")
                .change(
                        Kubernetes.in(
                                        at,
                                        Kubernetes.kubectl(
                                                at,
                                                "patch persistentvolumeclaim",
                                                Word.variable("CLAIM"),
                                                Word.joined(
                                                        Word.text(
                                                                "--patch={\"spec\": {\"resources\":"
                                                                        + " {\"requests\": {\"storage\":"
                                                                        + " \""),
                                                        Word.variable("SIZE"),
                                                        Word.text("\"}}}}"))))
                                .needing("CLAIM", claim)
                                .needing("SIZE", "Set SIZE to the new size, for example 200Gi"))
                .verify(
                        Kubernetes.in(
                                        at,
                                        Kubernetes.kubectl(
                                                at,
                                                "describe persistentvolumeclaim",
                                                Word.variable("CLAIM")))
                                .needing("CLAIM", claim),
                        "`Capacity` is the new size. `FileSystemResizePending` means that the pod has to"
                                + " be restarted.")
                .noUndo("It stays as large as it is made.");
    }

    private static Mitigation removeFiles(Place.Kubernetes at) {
        return Mitigation.of(DiskFull.INODES, "remove-small-files", "Remove old small files")
                .when(
                        "Its owner says that files of this folder older than a week are not wanted, for"
                                + " example sessions or a cache. They are gone for good. Print the list"
                                + " first: the same command without `-delete`. For `/` and for"
                                + " what stands directly in it the block does nothing.")
                .destroy(
                        Kubernetes.in(
                                        at,
                                        Kubernetes.kubectl(
                                                at,
                                                "exec",
                                                Word.variable("POD"),
                                                "--",
                                                "find",
                                                Word.variable("FOLDER"),
                                                "-xdev",
                                                "-type",
                                                "f",
                                                "-mtime",
                                                "+7",
                                                "-delete"))
                                .needing("POD", "Set POD to the pod that has the volume")
                                .needing(
                                        "FOLDER",
                                        "Set FOLDER to the folder below the mount, never /")
                                .onlyDeep("FOLDER"))
                .verify(
                        Kubernetes.logs(at, "no space left|enospc", 2),
                        "No new line, and `inodesFree` of the check `room` grows.")
                .noUndo("What was removed comes back from a backup only.");
    }
}
