package dev.devopspack.manager;

import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.waiver.Waiver;
import dev.devopspack.approval.waiver.WaiverScope;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.GateId;
import dev.devopspack.change.GivenPlan;
import dev.devopspack.change.Manifest;
import dev.devopspack.gate.ApprovalGate;
import dev.devopspack.gate.ChosenProfiles;
import dev.devopspack.gate.ComplianceEvidence;
import dev.devopspack.gate.ComplianceGate;
import dev.devopspack.gate.GateInput;
import dev.devopspack.gate.QualityGate;
import dev.devopspack.gate.SecurityGate;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.gate.Waived;
import dev.devopspack.identity.People;
import dev.devopspack.identity.Person;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Puts a change set before the gates.
@ApplicationScoped
class Gates {

    private final Scan scan;
    private final SecurityGate security;
    private final QualityGate quality;
    private final ComplianceGate compliance;
    private final ChosenProfiles profiles;
    private final ApprovalPolicy policy;
    private final Waivers waivers;
    private final People people;
    private final LogHealth logHealth;
    private final Meters meters;
    private final Clock clock;

    Gates(
            Scan scan,
            SecurityGate security,
            QualityGate quality,
            ComplianceGate compliance,
            ChosenProfiles profiles,
            ApprovalPolicy policy,
            Waivers waivers,
            People people,
            LogHealth logHealth,
            Meters meters,
            Clock clock) {
        this.scan = scan;
        this.security = security;
        this.quality = quality;
        this.compliance = compliance;
        this.profiles = profiles;
        this.policy = policy;
        this.waivers = waivers;
        this.people = people;
        this.logHealth = logHealth;
        this.meters = meters;
        this.clock = clock;
    }

    Verdicts judge(ChangeSet changeSet, Progress progress) {
        progress.step(2, "judging security");
        GateInput input = input(changeSet);
        Verdict bySecurity = meters.judged(GateId.SECURITY, () -> security.judge(input));
        Verdict byQuality = byQuality(changeSet, progress);
        progress.step(4, "judging compliance");
        Verdict byCompliance = byCompliance(changeSet, input);
        return new Verdicts(List.of(bySecurity, byQuality, byCompliance, byApproval(changeSet)));
    }

    /// One gate alone.
    Verdict judge(GateId gate, ChangeSet changeSet, Progress progress) {
        return switch (gate) {
            case SECURITY -> meters.judged(GateId.SECURITY, () -> security.judge(input(changeSet)));
            case QUALITY -> byQuality(changeSet, progress);
            case COMPLIANCE -> byCompliance(changeSet, input(changeSet));
            case APPROVAL -> byApproval(changeSet);
        };
    }

    private Verdict byQuality(ChangeSet changeSet, Progress progress) {
        progress.step(3, "judging quality");
        return meters.judged(
                GateId.QUALITY, () -> quality.judge(changeSet, text -> progress.step(3, text)));
    }

    private Verdict byCompliance(ChangeSet changeSet, GateInput input) {
        return meters.judged(
                GateId.COMPLIANCE,
                () ->
                        compliance.judge(
                                input, profiles.of(changeSet.target().environment(), policy)));
    }

    private Verdict byApproval(ChangeSet changeSet) {
        return ApprovalGate.judge(
                changeSet.digest(),
                policy,
                policy.requires(changeSet.target().environment(), changeSet.manifest().secrets()),
                null,
                clock.instant());
    }

    /// Without a given plan the change is the difference of the files to the last release, which is
    /// known only of what could be read.
    private static boolean changeKnown(ChangeSet changeSet, ScanResult scanned) {
        return changeSet.manifest().plan() != null || scanned.unreadable().isEmpty();
    }

    /// Whether the policy in force is the one it was made under, and asks people of it whatever
    /// this policy asks.
    private boolean coveredByPolicy(ChangeSet changeSet) {
        Manifest manifest = changeSet.manifest();
        boolean peopleMustApprove =
                policy.requires(manifest.target().environment(), manifest.secrets())
                        instanceof ApprovalPolicy.Requirement.Required;
        return manifest.policy().equals(policy.digest())
                && manifest.requiredGates().contains(GateId.APPROVAL) == peopleMustApprove;
    }

    private GateInput input(ChangeSet changeSet) {
        ScanResult scanned = scanned(changeSet);
        ComplianceEvidence evidence =
                new ComplianceEvidence(
                        changeKnown(changeSet, scanned),
                        scanned.complete(),
                        logHealth.verified(),
                        coveredByPolicy(changeSet),
                        changeSet.manifest().requester().person() != null);
        return new GateInput(changeSet.digest(), changeSet.artifacts(), scanned, evidence)
                .waiving(waived(changeSet, scanned));
    }

    /// A plan that we derived decides what the files leave open. One that a caller only claims
    /// decides nothing: it would be a way to talk a gate open.
    private ScanResult scanned(ChangeSet changeSet) {
        GivenPlan plan = changeSet.manifest().plan();
        String derived =
                plan != null && plan.source() == GivenPlan.Source.DERIVED
                        ? plan.maskedJson()
                        : null;
        return scan.ofChange(changeSet.artifacts(), derived);
    }

    /// What people accept of these findings, each finding once.
    private List<Waived> waived(ChangeSet changeSet, ScanResult scanned) {
        List<Finding> left = new ArrayList<>(scanned.findings());
        List<Waived> waived = new ArrayList<>();
        for (Waiver waiver :
                waivers.counting(
                        changeSet.target().stack(),
                        Approvals.environment(changeSet.target()),
                        changeSet.manifest().requester())) {
            List<Finding> covered =
                    left.stream().filter(finding -> covers(waiver.scope(), finding)).toList();
            if (!covered.isEmpty()) {
                left.removeAll(covered);
                waived.add(
                        new Waived(
                                waiver.id(),
                                people.find(waiver.by())
                                        .map(Person::displayName)
                                        .orElse(waiver.by().toString()),
                                waiver.reason(),
                                waiver.until(),
                                covered));
            }
        }
        return waived;
    }

    static boolean covers(WaiverScope scope, Finding finding) {
        return scope.rule().equals(finding.rule())
                && scope.file().equals(finding.file())
                && scope.resource().equals(Objects.requireNonNullElse(finding.resource(), ""))
                && scope.message().equals(finding.message());
    }
}
