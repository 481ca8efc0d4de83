package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.ArrayList;
import java.util.List;

/// A file system has no room left, or soon has none.
final class DiskFull implements Scenario {

    private static final Branch LOGS = Branch.owner('A', "Logs or temporary files grew");
    private static final Branch HELD =
            Branch.owner('B', "Deleted files are still open, so their room is not free");
    private static final Branch DATA = Branch.owner('C', "Wanted data grew beyond the volume");
    private static final Branch INODES =
            Branch.owner('D', "Too many small files: no inode is left");
    private static final Branch KEPT =
            Branch.database('E', "The database keeps its log for somebody who does not fetch it");

    @Override
    public Playbook playbook(Situation situation) {
        return new Playbook(
                "A file system has no room, or soon has none. Writes fail with `No space left on device`;"
                        + " databases stop or turn read-only, Kubernetes evicts pods from the node.",
                List.of(
                        Signal.metric(
                                "Share of a file system that is free",
                                "below 0.1 for 10 minutes warns, below 0.05 pages",
                                "node_filesystem_avail_bytes{fstype!~\"tmpfs|overlay\"} /"
                                        + " node_filesystem_size_bytes"),
                        Signal.metric(
                                "It will be full within four hours",
                                "below 0 for 30 minutes",
                                "predict_linear(node_filesystem_avail_bytes[6h], 4 * 3600)"),
                        Signal.metric(
                                "Share of a persistent volume that is free",
                                "below 0.1 for 10 minutes",
                                "kubelet_volume_stats_available_bytes /"
                                        + " kubelet_volume_stats_capacity_bytes"),
                        Signal.metric(
                                "Share of inodes that are free",
                                "below 0.05 for 10 minutes",
                                "node_filesystem_files_free / node_filesystem_files")),
                List.of(LOGS, HELD, DATA, INODES, KEPT),
                ask(
                        "Which is used up (check `room`)?",
                        answer("inodes", found(INODES)),
                        answer(
                                "bytes",
                                ask(
                                        "Do the folders add up to what the file system says is used?",
                                        no(found(HELD)),
                                        yes(
                                                ask(
                                                        "What is largest?",
                                                        answer(
                                                                "logs or temporary files",
                                                                found(LOGS)),
                                                        answer(
                                                                "the database's own log (pg_wal,"
                                                                        + " binlog)",
                                                                found(KEPT)),
                                                        answer(
                                                                "data that is wanted",
                                                                found(DATA)))))),
                        answer("neither", new Tree.Escalate(Branch.Helper.PLATFORM))),
                Parts.services(situation, DiskFull::workload, DiskFull::database));
    }

    private static Looks workload(Service service) {
        return switch (service.place()) {
            case Place.Kubernetes at -> kubernetes(service, at);
            case Place.Systemd _ -> systemd(service);
            case Place.Managed at -> database(at.database());
        };
    }

    private static Looks kubernetes(Service service, Place.Kubernetes at) {
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
                                        LOGS),
                                Reading.of(
                                        "`VolumeResizeFailed`, `FailedMount`",
                                        "the volume itself",
                                        DATA),
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
                                Reading.of("`inodesFree` near 0", "many small files", INODES),
                                Reading.of(
                                        "a claim's `availableBytes` near 0", "its data grew", DATA),
                                Reading.next(
                                        "plenty is left", "the node's own disk, or another node")));
        List<Mitigation> steps = new ArrayList<>();
        steps.add(
                Steps.restart(
                                LOGS,
                                service,
                                "It fills the container's own layer or an `emptyDir`: both are empty in"
                                        + " the new pod. What it wrote there is lost: see that it is"
                                        + " nothing wanted.")
                        .asFirst());
        steps.add(growClaim(at));
        steps.add(
                Steps.restart(
                        HELD,
                        service,
                        "Files were deleted while the process has them open; it lets go when it ends."));
        steps.add(removeFiles(at));
        return new Looks(checks, renamed(steps));
    }

    /// A block's name is one in its file.
    private static List<Mitigation> renamed(List<Mitigation> steps) {
        List<Mitigation> result = new ArrayList<>();
        for (Mitigation step : steps) {
            boolean taken = result.stream().anyMatch(other -> other.slug().equals(step.slug()));
            result.add(
                    taken
                            ? new Mitigation(
                                    step.branch(),
                                    step.slug()
                                            + "-"
                                            + Character.toLowerCase(step.branch().letter()),
                                    step.title(),
                                    step.precondition(),
                                    step.command(),
                                    step.verify(),
                                    step.expected(),
                                    step.undo(),
                                    step.undoing(),
                                    step.first())
                            : step);
        }
        return result;
    }

    private static Mitigation growClaim(Place.Kubernetes at) {
        String claim = "Set CLAIM to the claim that is full";
        return Mitigation.of(DATA, "grow-claim", "Make the volume larger")
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
        return Mitigation.of(INODES, "remove-small-files", "Remove old small files")
                .when(
                        "Its owner says that files of this folder older than a week are not wanted, for"
                                + " example sessions or a cache. They are gone for good. Print the list"
                                + " first: the same command without `-delete`.")
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
                                        "Set FOLDER to the folder below the mount, never /"))
                .verify(
                        Kubernetes.logs(at, "no space left|enospc", 2),
                        "No new line, and `inodesFree` of the check `room` grows.")
                .noUndo("What was removed comes back from a backup only.");
    }

    private static Looks systemd(Service service) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "room",
                                "Which file system is full, and of what",
                                Script.of(
                                        Invocation.typed("df -hT -x tmpfs -x devtmpfs -x overlay"),
                                        Invocation.typed("df -i -x tmpfs -x devtmpfs")),
                                Reading.of("`IUse%` at 100", "many small files", INODES),
                                Reading.next("`Use%` above 95", "note its mount point as `MOUNT`")),
                        Check.of(
                                "largest",
                                "What is largest there",
                                Script.of(
                                                Pipeline.of(
                                                        Invocation.typed(
                                                                "du -xh --max-depth=2",
                                                                Word.variable("MOUNT")),
                                                        Invocation.typed("sort -rh"),
                                                        Invocation.typed("head -n 25")),
                                                Pipeline.of(
                                                        Invocation.of(
                                                                "find",
                                                                Word.variable("MOUNT"),
                                                                "-xdev",
                                                                "-type",
                                                                "f",
                                                                "-size",
                                                                "+500M",
                                                                "-printf",
                                                                "%s %TY-%Tm-%Td %p\\n"),
                                                        Invocation.typed("sort -rn"),
                                                        Invocation.typed("head -n 20")))
                                        .needing(
                                                "MOUNT",
                                                "Set MOUNT to the mount point that is full"),
                                Reading.of(
                                        "`/var/log` or a temporary folder",
                                        "it can be emptied",
                                        LOGS),
                                Reading.of("a folder of data", "it needs room", DATA),
                                Reading.of(
                                        "all together is far less than `df` says is used",
                                        "deleted files are open",
                                        HELD)),
                        Check.of(
                                "held",
                                "Which deleted files are open",
                                Script.of(
                                        Pipeline.of(
                                                Invocation.typed("lsof -nP +L1"),
                                                Invocation.typed("sort -k7 -rn"),
                                                Invocation.typed("head -n 20"))),
                                Reading.of(
                                        "gigabytes in `SIZE/OFF` of this unit", "restart it", HELD),
                                Reading.next("nothing large", "not this")),
                        Check.of(
                                "journal",
                                "How much the journal keeps",
                                Script.of(Invocation.typed("journalctl --disk-usage")),
                                Reading.of("gigabytes", "it can be made smaller at once", LOGS),
                                Reading.next("less", "other logs")));
        return new Looks(
                checks,
                List.of(
                        vacuum(),
                        Steps.restart(
                                        HELD,
                                        service,
                                        "`lsof` shows gigabytes of deleted files that this unit holds.")
                                .asFirst(),
                        rotate(),
                        growFileSystem(),
                        removeOldFiles()));
    }

    private static Mitigation vacuum() {
        return Mitigation.of(LOGS, "vacuum-journal", "Make the journal smaller")
                .when(
                        "The journal holds gigabytes, and its entries are kept elsewhere too or are not"
                                + " needed for this incident: export what is needed first. Older entries"
                                + " are gone for good.")
                .destroy(Script.of(Systemd.sudo("journalctl --vacuum-size=500M")))
                .verify(
                        Script.of(
                                Invocation.typed("journalctl --disk-usage"),
                                Invocation.typed("df -h /var/log")),
                        "The journal takes about 500 MB, and `/var/log` has room.")
                .noUndo("Nothing brings the entries back.");
    }

    private static Mitigation rotate() {
        return Mitigation.of(LOGS, "rotate-logs", "Rotate and compress log files now")
                .when(
                        "The largest files are logs that logrotate knows. It keeps them, compressed, and"
                                + " needs room for one of them while it works.")
                .change(Script.of(Systemd.sudo("logrotate --force /etc/logrotate.conf")))
                .verify(
                        Script.of(Invocation.typed("df -h /var/log")),
                        "`Use%` fell by what was compressed.")
                .noUndo("The rotated files are beside the new ones; `zcat` reads them.");
    }

    private static Mitigation growFileSystem() {
        return Mitigation.of(DATA, "grow-file-system", "Take the free room of the volume group")
                .when(
                        "The mount is on LVM and `vgs` shows free room, or the disk was made larger"
                                + " already. It can be done while it is in use.")
                .change(
                        Script.of(
                                        Systemd.sudo(
                                                "lvextend --resizefs --extents=+50%FREE",
                                                Word.variable("VOLUME")))
                                .needing(
                                        "VOLUME",
                                        "Set VOLUME to the device, for example /dev/vg0/data"))
                .verify(
                        Script.of(Invocation.typed("df -hT"), Invocation.typed("lsblk --fs")),
                        "The mount shows its new size.")
                .noUndo(
                        "XFS cannot be made smaller, ext4 only while it is not mounted: leave it larger.");
    }

    private static Mitigation removeOldFiles() {
        return Mitigation.of(INODES, "remove-small-files", "Remove old small files")
                .when(
                        "Its owner says that files of this folder older than a week are not wanted, for"
                                + " example sessions or a mail queue. They are gone for good. Print the"
                                + " list first: the same command without `-delete`.")
                .destroy(
                        Script.of(
                                        Systemd.sudo(
                                                "find",
                                                Word.variable("FOLDER"),
                                                "-xdev",
                                                "-type",
                                                "f",
                                                "-mtime",
                                                "+7",
                                                "-delete"))
                                .needing(
                                        "FOLDER",
                                        "Set FOLDER to the folder, never to a mount point"))
                .verify(Script.of(Invocation.typed("df -i")), "`IUse%` falls below 90.")
                .noUndo("What was removed comes back from a backup only.");
    }

    private static Looks database(Database at) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "state",
                                "How much room it has",
                                Databases.state(at),
                                Reading.next(
                                        "`storage-full`, or a size near what is used",
                                        "find out what takes it"),
                                Reading.next("growing is in progress", "wait for it, look again")),
                        Check.of(
                                "sizes",
                                "What takes the room",
                                Databases.sizes(at),
                                Reading.of(
                                        "a slot that is not active keeps gigabytes; binary logs without"
                                                + " an end",
                                        "its consumer is gone or far behind",
                                        KEPT),
                                Reading.of(
                                        "one table is far larger than yesterday",
                                        "wanted, or a job without an end",
                                        DATA),
                                Reading.of(
                                        "`n_dead_tup` is near `n_live_tup`",
                                        "vacuum does not keep up: a long transaction holds it",
                                        DATA)),
                        Check.of(
                                "busy",
                                "Whether one statement or transaction fills it",
                                Databases.busy(at),
                                Reading.of(
                                        "a query that sorts or copies for minutes; a transaction of hours",
                                        "temporary files, or dead rows that cannot go",
                                        DATA),
                                Reading.next("nothing long", "it grew slowly")));
        List<Mitigation> steps = new ArrayList<>();
        Databases.grow(DATA, at).map(Mitigation::asFirst).ifPresent(steps::add);
        steps.add(Databases.endSession(DATA, at));
        steps.add(release(at));
        return new Looks(checks, steps);
    }

    private static Mitigation release(Database at) {
        if (at.engine() == Engine.POSTGRESQL) {
            return Mitigation.of(KEPT, "drop-slot", "Drop the slot that nobody reads")
                    .when(
                            "The slot is not active, and the owner of its consumer agrees: it has to be"
                                    + " built anew from a full copy afterwards.")
                    .destroy(
                            Sql.act(
                                    at,
                                    "SLOT",
                                    "Set SLOT to the name of the slot, from the check above",
                                    "SELECT pg_drop_replication_slot(:'id');"))
                    .verify(
                            Databases.sizes(at),
                            "The slot is gone, and room grows after the next checkpoint (five minutes).")
                    .noUndo(
                            "A new slot begins at the present; what the consumer missed is copied anew.");
        }
        return Mitigation.of(KEPT, "purge-logs", "Remove binary logs that every replica has read")
                .when(
                        "`SHOW REPLICA STATUS` on every replica shows a newer log than the one named"
                                + " here, and backups have it. Restoring to a moment before it is no"
                                + " longer possible from this server.")
                .destroy(
                        Sql.actMysql(
                                at,
                                "LOG",
                                "Set LOG to the first log to keep, in single quotes",
                                "PURGE BINARY LOGS TO"))
                .verify(Databases.sizes(at), "The room grows at once.")
                .noUndo("They are gone from this server; backups may have them.");
    }
}
