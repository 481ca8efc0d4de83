package dev.devopspack.specialist.incident;

import static dev.devopspack.specialist.incident.Tree.answer;
import static dev.devopspack.specialist.incident.Tree.ask;
import static dev.devopspack.specialist.incident.Tree.found;
import static dev.devopspack.specialist.incident.Tree.no;
import static dev.devopspack.specialist.incident.Tree.yes;

import java.util.List;

/// A file system has no room left, or soon has none.
final class DiskFull implements Scenario {

    static final Branch LOGS = Branch.owner('A', "Logs or temporary files grew");
    static final Branch HELD =
            Branch.owner('B', "Deleted files are still open, so their room is not free");
    static final Branch DATA = Branch.owner('C', "Wanted data grew beyond the volume");
    static final Branch INODES = Branch.owner('D', "Too many small files: no inode is left");
    static final Branch KEPT =
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
                Parts.services(situation, DiskFull::workload, DatabaseDiskLooks::of));
    }

    private static Looks workload(Service service) {
        return switch (service.place()) {
            case Place.Kubernetes at -> VolumeLooks.of(service, at);
            case Place.Systemd _ -> MachineDiskLooks.of(service);
            case Place.Managed at -> DatabaseDiskLooks.of(at.database());
        };
    }
}
