package dev.devopspack.attack;

import dev.devopspack.attack.Attack.Answer;
import dev.devopspack.audit.AuditVerifier;
import dev.devopspack.audit.Checkpoint;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.ExportedEntry;
import dev.devopspack.audit.LogVerifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/// At the log: as the application's own role in the database, and on what was exported.
final class AuditAttacks {

    private static final String FAMILY = "audit";

    private final Site site;
    private final DataSource database;
    private final Checkpoints checkpoints;
    private final String auditor;
    private final List<Attack> attacks = new ArrayList<>();

    /// @param auditor a token that may export
    AuditAttacks(Site site, DataSource database, Checkpoints checkpoints, String auditor) {
        this.site = site;
        this.database = database;
        this.checkpoints = checkpoints;
        this.auditor = auditor;
    }

    List<Attack> all() {
        for (String statement :
                List.of(
                        "UPDATE devopspack.audit_entries SET leaf = leaf WHERE sequence = 1",
                        "DELETE FROM devopspack.audit_entries WHERE sequence = 1",
                        "TRUNCATE devopspack.audit_entries",
                        "DROP TABLE devopspack.audit_entries",
                        "ALTER TABLE devopspack.audit_entries DISABLE TRIGGER ALL",
                        "ALTER TABLE devopspack.audit_entries OWNER TO CURRENT_USER",
                        "SET session_replication_role = replica")) {
            attacks.add(
                    new Attack(
                            FAMILY,
                            statement,
                            () -> run(statement),
                            () -> run("SELECT count(*) FROM devopspack.audit_entries")));
        }
        exported("an entry with a letter changed", lines -> replaced(lines, lines.size() / 2));
        exported("an entry taken out", lines -> without(lines, lines.size() / 2));
        exported("the first entry taken out", lines -> without(lines, 0));
        exported("the end cut off", lines -> lines.subList(0, lines.size() - 2));
        exported("two entries in each other's place", AuditAttacks::swapped);
        exported("an entry twice", lines -> with(lines, lines.size() / 2));
        return attacks;
    }

    private Answer run(String statement) {
        try (Connection connection = database.getConnection();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                sql.execute(statement);
                return Answer.of(false, statement);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            return Answer.of(true, e.getMessage());
        }
    }

    private void exported(String name, UnaryOperator<List<String>> tampering) {
        attacks.add(
                new Attack(
                        FAMILY, name, () -> verified(tampering), () -> verified(lines -> lines)));
    }

    /// Checked against a checkpoint over all of it, as an auditor keeps one. The log grows
    /// meanwhile.
    private Answer verified(UnaryOperator<List<String>> tampering) throws Exception {
        Checkpoint kept = checkpoints.newest().orElseThrow().checkpoint();
        List<String> lines =
                site.text("/api/v1/audit/export", auditor).lines().limit(kept.size()).toList();
        LogVerifier verifier = new LogVerifier(List.of(kept));
        long number = 1;
        for (String line : tampering.apply(lines)) {
            verifier.add(ExportedEntry.parse(line, number++));
        }
        AuditVerifier.Result result = verifier.result();
        return Answer.of(result instanceof AuditVerifier.Result.Broken, result);
    }

    private static List<String> replaced(List<String> lines, int at) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(at, changed.get(at).replaceFirst("kind", "kinD"));
        return changed;
    }

    private static List<String> without(List<String> lines, int at) {
        List<String> changed = new ArrayList<>(lines);
        changed.remove(at);
        return changed;
    }

    private static List<String> with(List<String> lines, int at) {
        List<String> changed = new ArrayList<>(lines);
        changed.add(at, changed.get(at));
        return changed;
    }

    private static List<String> swapped(List<String> lines) {
        List<String> changed = new ArrayList<>(lines);
        int at = changed.size() / 2;
        String one = changed.get(at);
        changed.set(at, changed.get(at - 1));
        changed.set(at - 1, one);
        return changed;
    }
}
