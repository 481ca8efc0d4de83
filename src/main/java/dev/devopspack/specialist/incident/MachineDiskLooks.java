package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Invocation;
import dev.devopspack.language.shell.print.Pipeline;
import dev.devopspack.language.shell.print.Script;
import dev.devopspack.language.shell.print.Word;
import java.util.List;

/// What to look at and to do on a machine whose file system has no room.
final class MachineDiskLooks {

    private MachineDiskLooks() {}

    static Looks of(Service service) {
        List<Check> checks =
                List.of(
                        Check.of(
                                "room",
                                "Which file system is full, and of what",
                                Script.of(
                                        Invocation.typed("df -hT -x tmpfs -x devtmpfs -x overlay"),
                                        Invocation.typed("df -i -x tmpfs -x devtmpfs")),
                                Reading.of("`IUse%` at 100", "many small files", DiskFull.INODES),
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
                                        DiskFull.LOGS),
                                Reading.of("a folder of data", "it needs room", DiskFull.DATA),
                                Reading.of(
                                        "all together is far less than `df` says is used",
                                        "deleted files are open",
                                        DiskFull.HELD)),
                        Check.of(
                                "held",
                                "Which deleted files are open",
                                Script.of(
                                        Pipeline.of(
                                                Invocation.typed("lsof -nP +L1"),
                                                Invocation.typed("sort -k7 -rn"),
                                                Invocation.typed("head -n 20"))),
                                Reading.of(
                                        "gigabytes in `SIZE/OFF` of this unit",
                                        "restart it",
                                        DiskFull.HELD),
                                Reading.next("nothing large", "not this")),
                        Check.of(
                                "journal",
                                "How much the journal keeps",
                                Script.of(Invocation.typed("journalctl --disk-usage")),
                                Reading.of(
                                        "gigabytes",
                                        "it can be made smaller at once",
                                        DiskFull.LOGS),
                                Reading.next("less", "other logs")));
        return new Looks(
                checks,
                List.of(
                        vacuum(),
                        Steps.restart(
                                        DiskFull.HELD,
                                        service,
                                        "`lsof` shows gigabytes of deleted files that this unit holds.")
                                .asFirst(),
                        rotate(),
                        growFileSystem(),
                        removeOldFiles()));
    }

    private static Mitigation vacuum() {
        return Mitigation.of(DiskFull.LOGS, "vacuum-journal", "Make the journal smaller")
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
        return Mitigation.of(DiskFull.LOGS, "rotate-logs", "Rotate and compress log files now")
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
        return Mitigation.of(
                        DiskFull.DATA, "grow-file-system", "Take the free room of the volume group")
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
        return Mitigation.of(DiskFull.INODES, "remove-small-files", "Remove old small files")
                .when(
                        "Its owner says that files of this folder older than a week are not wanted, for"
                                + " example sessions or a mail queue. They are gone for good. Print the"
                                + " list first: the same command without `-delete`. For `/` and for what stands"
                                + " directly in it the block does nothing.")
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
                                        "Set FOLDER to the folder, never to a mount point")
                                .onlyDeep("FOLDER"))
                .verify(Script.of(Invocation.typed("df -i")), "`IUse%` falls below 90.")
                .noUndo("What was removed comes back from a backup only.");
    }
}
