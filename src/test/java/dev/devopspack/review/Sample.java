package dev.devopspack.review;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.SecretReference;
import dev.devopspack.change.Target;
import dev.devopspack.task.Environment;
import dev.devopspack.task.StackName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Change sets for the tests of this package.
final class Sample {

    static final Instant AT = Instant.parse("2026-07-01T10:12:00Z");

    static final Terms TERMS =
            new Terms(
                    "A. Example",
                    AT,
                    AT.plusSeconds(86_400),
                    Duration.ofMinutes(30),
                    1,
                    1,
                    "trial");

    private Sample() {}

    /// A change set of one file, `main.tf`.
    static ChangeSet of(String main) {
        return of(null, List.of(), Artifact.of("main.tf", main));
    }

    static ChangeSet of(
            @Nullable GivenPlan plan, List<SecretReference> secrets, Artifact... files) {
        return of(plan, secrets, "claude-code", List.of("It is all fine."), files);
    }

    static ChangeSet of(
            @Nullable GivenPlan plan,
            List<SecretReference> secrets,
            String client,
            List<String> claims,
            Artifact... files) {
        Manifest manifest =
                new Manifest(
                        new Origin.Submitted(),
                        Artifacts.of(files),
                        plan,
                        Target.of(Environment.PRODUCTION, new StackName("payments/production")),
                        Set.of(GateId.SECURITY),
                        secrets,
                        new Requester("token:9f3c", "p-7b1e"),
                        Digest.of("policy"));
        return ChangeSet.of(manifest, client, claims, AT);
    }

    /// The same files, made by an agent.
    static ChangeSet madeWith(ChangeSet submitted, @Nullable String inputWrittenBy) {
        Manifest before = submitted.manifest();
        Manifest manifest =
                new Manifest(
                        new Origin.Generated(
                                "devops_terraform",
                                "configuration_generation",
                                Digest.of("catalogue"),
                                inputWrittenBy),
                        before.artifacts(),
                        before.plan(),
                        before.target(),
                        before.requiredGates(),
                        before.secrets(),
                        before.requester(),
                        before.policy());
        return ChangeSet.of(manifest, submitted.client(), submitted.claims(), AT);
    }

    static Subject subject(@Nullable ChangeSet released, ChangeSet changeSet) {
        ChangePlan plan = SemanticDifference.of(released, changeSet);
        return new Subject(
                changeSet,
                plan,
                RiskFacts.of(plan, changeSet, released),
                CostEstimate.of(plan),
                List.of(
                        new GateLine("gate.security.infra", "PASSED", "98.2 % of 95 %"),
                        new GateLine("gate.quality.terraform", "PASSED", "9 of 9 steps"),
                        new GateLine("gate.compliance.audit", "PASSED", "38 of 38 controls")),
                List.of("DP-AWS-EKS-002 main.tf:3: low: something open. Close it."),
                TERMS);
    }
}
