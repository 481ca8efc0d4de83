package dev.devopspack.specialist.incident;

import dev.devopspack.language.shell.print.Script;
import java.util.ArrayList;
import java.util.List;

/// What to look at and to do where a database has no room.
final class DatabaseDiskLooks {

    private DatabaseDiskLooks() {}

    static Looks of(Database at) {
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
                                        DiskFull.KEPT),
                                Reading.of(
                                        "one table is far larger than yesterday",
                                        "wanted, or a job without an end",
                                        DiskFull.DATA),
                                Reading.of(
                                        "`n_dead_tup` is near `n_live_tup`",
                                        "vacuum does not keep up: a long transaction holds it",
                                        DiskFull.DATA)),
                        Check.of(
                                "busy",
                                "Whether one statement or transaction fills it",
                                Databases.busy(at),
                                Reading.of(
                                        "a query that sorts or copies for minutes; a transaction of hours",
                                        "temporary files, or dead rows that cannot go",
                                        DiskFull.DATA),
                                Reading.next("nothing long", "it grew slowly")));
        List<Mitigation> steps = new ArrayList<>();
        Databases.grow(DiskFull.DATA, at).map(Mitigation::asFirst).ifPresent(steps::add);
        steps.add(Databases.endSession(DiskFull.DATA, at));
        steps.add(release(at));
        return new Looks(checks, steps);
    }

    private static Mitigation release(Database at) {
        if (at.engine() == Engine.POSTGRESQL) {
            return Mitigation.of(DiskFull.KEPT, "drop-slot", "Drop the slot that nobody reads")
                    .when(
                            "The slot is not active, and the owner of its consumer agrees: it has to be"
                                    + " built anew from a full copy afterwards.")
                    .destroy(
                            Sql.act(
                                    at,
                                    "may drop it (REPLICATION, on RDS a member of rds_replication)",
                                    "SLOT",
                                    "Set SLOT to the name of the slot, from the check above",
                                    "SELECT pg_drop_replication_slot(:'id');"))
                    .verify(
                            Databases.sizes(at),
                            "The slot is gone, and room grows after the next checkpoint (five minutes).")
                    .noUndo(
                            "A new slot begins at the present; what the consumer missed is copied anew.");
        }
        return ManagedDatabase.keepBinaryLogs(at, "KEEP")
                .map(script -> keepShorter(at, script))
                .orElseGet(() -> purge(at));
    }

    private static Mitigation keepShorter(Database at, Script script) {
        return Mitigation.of(DiskFull.KEPT, "keep-logs", "Keep binary logs for a shorter time")
                .when(
                        "Every replica and every consumer has read further back than `KEEP` reaches."
                                + " Restoring to a moment before it may no longer be possible. Note how"
                                + " long they are kept now.")
                .destroy(script)
                .verify(
                        Databases.sizes(at),
                        "No error; the room grows within ten minutes, as the provider removes them by"
                                + " itself.")
                .noUndo(
                        "Run it again with the time of before; logs that are gone stay gone, backups may"
                                + " have them.");
    }

    private static Mitigation purge(Database at) {
        return Mitigation.of(
                        DiskFull.KEPT,
                        "purge-logs",
                        "Remove binary logs that every replica has read")
                .when(
                        "`SHOW REPLICA STATUS` on every replica shows a newer log than the one named"
                                + " here, and backups have it. Restoring to a moment before it is no"
                                + " longer possible from this server.")
                .destroy(
                        Sql.actMysql(
                                at,
                                "LOG",
                                "Set LOG to the first log to keep, in single quotes",
                                "PURGE BINARY LOGS TO {}"))
                .verify(Databases.sizes(at), "The room grows at once.")
                .noUndo("They are gone from this server; backups may have them.");
    }
}
