package dev.devopspack.manager;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.change.Origin;
import dev.devopspack.change.Requester;
import dev.devopspack.change.SecretReference;
import dev.devopspack.change.Target;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Freezes files as a change set: works out which gates must open and which secrets are touched.
@ApplicationScoped
class Freezer {

    private final ApprovalPolicy policy;
    private final Clock clock;

    Freezer(ApprovalPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    ChangeSet freeze(
            Origin origin,
            Artifacts artifacts,
            @Nullable GivenPlan plan,
            Target target,
            Requester requester,
            String client,
            List<String> claims) {
        List<SecretReference> secrets = TouchedSecrets.in(artifacts);
        Manifest manifest =
                new Manifest(
                        origin,
                        artifacts,
                        plan,
                        target,
                        requiredGates(artifacts, target, secrets),
                        secrets,
                        requester,
                        policy.digest());
        return ChangeSet.of(
                manifest, client, claims, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    private Set<GateId> requiredGates(
            Artifacts artifacts, Target target, List<SecretReference> secrets) {
        Set<GateId> gates = EnumSet.of(GateId.SECURITY, GateId.COMPLIANCE);
        if (Modules.holdTerraform(artifacts)) {
            gates.add(GateId.QUALITY);
        }
        switch (policy.requires(target.environment(), secrets)) {
            case ApprovalPolicy.Requirement.Required _ -> gates.add(GateId.APPROVAL);
            case ApprovalPolicy.Requirement.NotRequired _ -> {}
        }
        return gates;
    }
}
