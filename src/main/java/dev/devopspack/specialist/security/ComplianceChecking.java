package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifacts;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.policy.ComplianceAssessment;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.ControlState;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.specialist.InputSchema;
import dev.devopspack.specialist.Outcome;
import dev.devopspack.specialist.Work;
import dev.devopspack.task.InvalidInput;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `compliance_checking`: the state of each control of a profile, with the rules and resources
/// behind it.
final class ComplianceChecking implements JudgesFiles<ComplianceInput> {

    private final Scan scan;
    private final ComplianceProfiles profiles;
    private final ChangeSetStore changeSets;

    ComplianceChecking(RuleCatalog rules, ComplianceProfiles profiles, ChangeSetStore changeSets) {
        this.scan = new Scan(rules);
        this.profiles = profiles;
        this.changeSets = changeSets;
    }

    @Override
    public String name() {
        return "compliance_checking";
    }

    @Override
    public String description() {
        return "Each control of a profile SATISFIED, VIOLATED, NOT_APPLICABLE or NOT_EVALUATED, with"
                + " the rules and resources behind it and the coverage apart.";
    }

    @Override
    public Class<ComplianceInput> inputType() {
        return ComplianceInput.class;
    }

    @Override
    public Map<String, Object> inputSchema() {
        Map<String, Object> properties = InputSchema.properties(ComplianceInput.class);
        if (properties.get("profile") instanceof Map<?, ?> derived) {
            Map<String, Object> schema = new LinkedHashMap<>();
            derived.forEach((key, value) -> schema.put(key.toString(), value));
            schema.put("enum", profiles.names());
            properties.put("profile", schema);
        }
        return InputSchema.object(properties, List.of());
    }

    @Override
    public Map<String, Object> example() {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("profile", "cis-aws");
        example.put("files", List.of(GivenFiles.EXAMPLE));
        return example;
    }

    @Override
    public ChangeSetStore changeSets() {
        return changeSets;
    }

    /// A profile or a control that is not there is told before files are asked for.
    @Override
    public Outcome perform(ComplianceInput input, Work work) {
        detailed(input, profile(input));
        return JudgesFiles.super.perform(input, work);
    }

    @Override
    public Outcome judge(ComplianceInput input, Artifacts files) {
        ComplianceProfile profile = profile(input);
        Scan.Traced traced = scan.traced(files);
        ComplianceAssessment assessment =
                ComplianceAssessment.of(
                        profile, traced.result(), ComplianceChecking::knownToTheGate);
        ComplianceReport report =
                new ComplianceReport(assessment, traced, detailed(input, profile));
        return new Outcome.Report(report.lines(), report.facts());
    }

    private ComplianceProfile profile(ComplianceInput input) {
        return profiles.find(
                input.profile() == null ? ComplianceProfiles.BASELINE : input.profile(),
                "/input/profile");
    }

    /// What is not in the files is looked at by the gate, on a change set.
    private static ControlState knownToTheGate(ComplianceProfile.Evidence evidence) {
        return new ControlState.NotEvaluated(
                "not in the files: gate_compliance_audit looks at it on a change set");
    }

    private static Set<String> detailed(ComplianceInput input, ComplianceProfile profile) {
        List<String> named = input.controls() == null ? List.of() : input.controls();
        for (int i = 0; i < named.size(); i++) {
            if (profile.control(named.get(i)).isEmpty()) {
                throw new InvalidInput(
                        "/input/controls/" + i,
                        "the profile " + profile.name() + " has no control of this id",
                        "Use ids as it numbers them, for example "
                                + profile.controls().getFirst().id()
                                + ".");
            }
        }
        return new LinkedHashSet<>(named);
    }
}
