package dev.devopspack.manager;

import dev.devopspack.approval.Statements;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdicts;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The gates' verdicts as statements that other supply-chain tools read: a Simple Verification
/// Result and a Verification Summary (see `docs/formats/verdict-statements.md`).
public final class VerdictStatements {

    /// @see <a
    ///   href="https://github.com/in-toto/attestation/blob/main/spec/predicates/svr.md">Simple
    ///   Verification Result</a>
    static final String SVR = "https://in-toto.io/attestation/svr/v0.1";

    /// @see <a href="https://slsa.dev/spec/v1.1/verification_summary">Verification Summary
    ///   Attestation</a>
    static final String VSA = "https://slsa.dev/verification_summary/v1";

    /// Where both predicates say exactly what the gates said.
    static final String DETAILS = "https://devopspack.dev/verdicts/v1";

    private static final String PREFIX = "DEVOPS_PACK_";

    private final Statements statements;
    private final String server;
    private final Clock clock;

    /// @param server its address: who says this
    public VerdictStatements(Statements statements, String server, Clock clock) {
        this.statements = statements;
        this.server = server;
        this.clock = clock;
    }

    /// What a statement says in the end.
    public enum Kind {
        SVR,
        VSA
    }

    /// @param verdicts the stored ones, with where the approval stands
    /// @return the DSSE envelope as text
    public String of(Kind kind, ChangeSet changeSet, Verdicts verdicts) {
        for (Verdict verdict : verdicts.list()) {
            if (!verdict.changeSet().equals(changeSet.digest())) {
                throw new IllegalArgumentException(
                        verdict.gate() + " judged another digest than " + changeSet.digest());
            }
        }
        String now = Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString();
        return switch (kind) {
            case SVR -> statements.sign(changeSet, SVR, result(changeSet, verdicts, now));
            case VSA -> statements.sign(changeSet, VSA, summary(changeSet, verdicts, now));
        };
    }

    private Map<String, Object> result(ChangeSet changeSet, Verdicts verdicts, String now) {
        return Map.of(
                "verifier",
                Map.of("id", verifier(), "policy", policy(changeSet)),
                "timeCreated",
                now,
                "properties",
                properties(verdicts),
                DETAILS,
                details(verdicts));
    }

    /// PASSED only where every gate opens, the approval's among them.
    private Map<String, Object> summary(ChangeSet changeSet, Verdicts verdicts, String now) {
        boolean passed =
                !verdicts.list().isEmpty() && verdicts.list().stream().allMatch(Verdict::opens);
        return Map.of(
                "verifier",
                Map.of("id", verifier()),
                "timeVerified",
                now,
                "resourceUri",
                server + "/change-sets/" + changeSet.id(),
                "policy",
                policy(changeSet),
                "verificationResult",
                passed ? "PASSED" : "FAILED",
                "verifiedLevels",
                passed ? properties(verdicts) : List.of("FAILED"),
                DETAILS,
                details(verdicts));
    }

    /// Changes when the gates come to judge otherwise.
    private String verifier() {
        return server + "/gates/v1";
    }

    private Map<String, Object> policy(ChangeSet changeSet) {
        return Map.of(
                "uri",
                server + "/approval-policy",
                "digest",
                Map.of("sha256", changeSet.manifest().policy().hex()));
    }

    /// What holds: a gate that does not apply is told apart from one that passed.
    private static List<String> properties(Verdicts verdicts) {
        List<String> properties = new ArrayList<>();
        for (Verdict verdict : verdicts.list()) {
            String gate = PREFIX + verdict.gate().id().toUpperCase(Locale.ROOT).replace('.', '_');
            switch (verdict.status()) {
                case Verdict.Status.Passed _ -> properties.add(gate + "_PASSED");
                case Verdict.Status.NotApplicable _ -> properties.add(gate + "_NOT_APPLICABLE");
                case Verdict.Status.Failed _, Verdict.Status.Waiting _ -> {
                    // What does not hold is no property.
                }
            }
        }
        return properties;
    }

    private static Map<String, Object> details(Verdicts verdicts) {
        return Map.of(
                "digest",
                verdicts.digest().value(),
                "gates",
                verdicts.list().stream().map(VerdictStatements::gate).toList());
    }

    private static Map<String, Object> gate(Verdict verdict) {
        Map<String, Object> gate = new TreeMap<>();
        gate.put("gate", verdict.gate().id());
        gate.put("status", verdict.statusName());
        gate.put("ruleset", verdict.ruleset().value());
        gate.put("earned", verdict.score().earned());
        gate.put("possible", verdict.score().possible());
        gate.put("threshold", verdict.thresholdPercent());
        gate.put("findings", verdict.findings().size());
        return gate;
    }
}
