package dev.devopspack.manager.evidence;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.policy.ComplianceAssessment;
import dev.devopspack.policy.ComplianceAssessment.Judged;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ControlState;
import dev.devopspack.policy.Judgement;
import dev.devopspack.policy.Rule;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult.Tally;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The states of controls as OSCAL assessment results 1.1.2, one result a profile.
///
/// A control that holds or not is a finding with the observations of the rules behind it. One that
/// does not apply or was not evaluated is excluded, with the reason as a property: OSCAL knows only
/// satisfied and not satisfied.
final class OscalResults {

    static final String VERSION = "1.1.2";

    /// The name space of our own properties.
    private static final String NAMESPACE = "https://devopspack.dev/evidence/v1";

    /// Things of one observation; the SARIF file beside it has all that failed.
    private static final int MAX_SUBJECTS = 100;

    private final ChangeSet changeSet;
    private final Scan.Traced traced;
    private final RuleCatalog rules;
    private final Instant changedAt;
    private final NamedIds ids;

    /// @param changedAt when anything of the evidence changed last
    OscalResults(ChangeSet changeSet, Scan.Traced traced, RuleCatalog rules, Instant changedAt) {
        this.changeSet = changeSet;
        this.traced = traced;
        this.rules = rules;
        this.changedAt = changedAt;
        this.ids = new NamedIds(changeSet.digest());
    }

    Map<String, Object> document(List<ComplianceAssessment> assessments) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("title", "Controls of change set " + changeSet.id());
        metadata.put("last-modified", changedAt.toString());
        metadata.put("version", changeSet.digest().hex());
        metadata.put("oscal-version", VERSION);
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("uuid", ids.of("assessment-results"));
        results.put("metadata", metadata);
        results.put("import-ap", Map.of("href", "#" + ids.of("manifest")));
        results.put("results", assessments.stream().map(this::result).toList());
        results.put("back-matter", Map.of("resources", resources()));
        return Map.of("assessment-results", results);
    }

    private Map<String, Object> result(ComplianceAssessment assessment) {
        ComplianceProfile profile = assessment.profile();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("uuid", ids.of("result " + profile.name()));
        result.put("title", profile.title());
        result.put(
                "description",
                "What the rules say of the files of change set "
                        + changeSet.id()
                        + ", by the profile "
                        + profile.name()
                        + ". Rules or evidence say something of "
                        + profile.automated()
                        + " of its "
                        + profile.controls().size()
                        + " controls. "
                        + profile.about());
        result.put("start", changeSet.createdAt().toString());
        result.put("props", props(assessment));
        result.put("reviewed-controls", reviewed(assessment));
        List<Object> observations = observations(assessment);
        if (!observations.isEmpty()) {
            result.put("observations", observations);
        }
        List<Object> findings =
                assessment.controls().stream()
                        .filter(OscalResults::isDecided)
                        .<Object>map(judged -> finding(profile, judged))
                        .toList();
        if (!findings.isEmpty()) {
            result.put("findings", findings);
        }
        return result;
    }

    private List<Object> props(ComplianceAssessment assessment) {
        List<Object> props = new ArrayList<>();
        props.add(prop("profile-digest", assessment.profile().digest().value()));
        props.add(prop("ruleset-digest", traced.result().ruleset().value()));
        props.add(prop("coverage", assessment.coverage().text()));
        assessment.conformance().ifPresent(score -> props.add(prop("conformance", score.text())));
        assessment.controls().stream()
                .filter(judged -> !isDecided(judged))
                .forEach(judged -> {
                    Map<String, Object> prop =
                            prop(
                                    judged.state()
                                            .label()
                                            .toLowerCase(Locale.ROOT)
                                            .replace('_', '-'),
                                    token(assessment.profile(), judged));
                    prop.put("remarks", judged.state().why());
                    props.add(prop);
                });
        return props;
    }

    private static Map<String, Object> prop(String name, String value) {
        Map<String, Object> prop = new LinkedHashMap<>();
        prop.put("name", name);
        prop.put("ns", NAMESPACE);
        prop.put("value", value);
        return prop;
    }

    private static boolean isDecided(Judged judged) {
        return switch (judged.state()) {
            case ControlState.Satisfied _,
                    ControlState.Violated _,
                    ControlState.Waived _,
                    ControlState.Attested _ ->
                    true;
            case ControlState.NotApplicable _, ControlState.NotEvaluated _ -> false;
        };
    }

    private static Map<String, Object> reviewed(ComplianceAssessment assessment) {
        Map<String, Object> selection = new LinkedHashMap<>();
        putControls(selection, "include-controls", assessment, true);
        if (selection.isEmpty()) {
            selection.put("include-all", Map.of()); // of which all are excluded below
        }
        putControls(selection, "exclude-controls", assessment, false);
        return Map.of("control-selections", List.of(selection));
    }

    private static void putControls(
            Map<String, Object> selection,
            String key,
            ComplianceAssessment assessment,
            boolean decided) {
        List<Object> controls =
                assessment.controls().stream()
                        .filter(judged -> isDecided(judged) == decided)
                        .<Object>map(
                                judged -> Map.of("control-id", token(assessment.profile(), judged)))
                        .toList();
        if (!controls.isEmpty()) {
            selection.put(key, controls);
        }
    }

    /// An id as OSCAL takes it: `AC-3` of NIST is `ac-3`, `5.3` of CIS AWS is `cis-aws-5.3`.
    private static String token(ComplianceProfile profile, Judged judged) {
        String id = judged.control().id();
        if (profile.name().equals("nist-800-53")) {
            return id.toLowerCase(Locale.ROOT);
        }
        return profile.name() + "-" + id.replaceAll("[^A-Za-z0-9.]+", ".").replaceAll("\\.$", "");
    }

    private List<Object> observations(ComplianceAssessment assessment) {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        for (Judged judged : assessment.controls()) {
            if (isDecided(judged)) {
                judged.rules().forEach(tally -> tallies.put(tally.rule(), tally));
            }
        }
        List<Object> observations = new ArrayList<>();
        for (Tally tally : tallies.values()) {
            observations.add(ofRule(assessment.profile(), tally));
        }
        assessment.controls().stream()
                .filter(judged -> isDecided(judged) && judged.rules().isEmpty())
                .forEach(judged -> observations.add(ofEvidence(assessment.profile(), judged)));
        return observations;
    }

    private Map<String, Object> ofRule(ComplianceProfile profile, Tally tally) {
        Rule rule = rules.find(tally.rule()).orElseThrow();
        List<Judgement> judgements =
                traced.judgements().stream()
                        .filter(judgement -> judgement.rule().equals(rule.id()))
                        .toList();
        Map<String, Object> observation = new LinkedHashMap<>();
        observation.put("uuid", ids.of("observation " + profile.name() + " " + rule.id()));
        observation.put("title", rule.id() + " " + rule.title());
        observation.put(
                "description",
                tally.passed()
                        + " held, "
                        + tally.failed()
                        + " failed, "
                        + tally.unknown()
                        + " unknown. "
                        + rule.why());
        observation.put("methods", List.of("TEST"));
        observation.put("types", List.of("control-objective"));
        observation.put(
                "subjects", judgements.stream().limit(MAX_SUBJECTS).map(this::subject).toList());
        observation.put("collected", changeSet.createdAt().toString());
        if (judgements.size() > MAX_SUBJECTS) {
            observation.put(
                    "remarks",
                    "The first " + MAX_SUBJECTS + " of " + judgements.size() + " are named.");
        }
        return observation;
    }

    private Map<String, Object> subject(Judgement judgement) {
        Map<String, Object> subject = new LinkedHashMap<>();
        subject.put("subject-uuid", fileId(judgement.file()));
        subject.put("type", "resource");
        subject.put(
                "title",
                judgement.result()
                        + " "
                        + judgement.file()
                        + ":"
                        + judgement.line()
                        + (judgement.resource() == null ? "" : " " + judgement.resource()));
        return subject;
    }

    private Map<String, Object> ofEvidence(ComplianceProfile profile, Judged judged) {
        Map<String, Object> observation = new LinkedHashMap<>();
        observation.put("uuid", evidenceId(profile, judged));
        observation.put("title", judged.control().title());
        observation.put("description", judged.state().why());
        observation.put("methods", List.of("EXAMINE"));
        observation.put("types", List.of("control-objective"));
        observation.put("collected", changeSet.createdAt().toString());
        return observation;
    }

    private String evidenceId(ComplianceProfile profile, Judged judged) {
        return ids.of("evidence " + profile.name() + " " + judged.control().id());
    }

    private Map<String, Object> finding(ComplianceProfile profile, Judged judged) {
        Map<String, Object> status = new LinkedHashMap<>();
        switch (judged.state()) {
            case ControlState.Satisfied _ -> put(status, "satisfied", "pass");
            case ControlState.Attested _ -> put(status, "satisfied", "other");
            case ControlState.Violated _ -> put(status, "not-satisfied", "fail");
            case ControlState.Waived _ -> put(status, "not-satisfied", "other");
            case ControlState.NotApplicable _, ControlState.NotEvaluated _ ->
                    throw new IllegalStateException("nothing was decided");
        }
        status.put("remarks", judged.state().label() + ": " + judged.state().why());
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("type", "objective-id");
        target.put("target-id", token(profile, judged));
        target.put("status", status);
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("uuid", ids.of("finding " + profile.name() + " " + judged.control().id()));
        finding.put("title", judged.control().id() + " " + judged.control().title());
        finding.put("description", judged.state().why());
        finding.put("target", target);
        finding.put(
                "related-observations",
                observationIds(profile, judged).stream()
                        .map(id -> Map.of("observation-uuid", id))
                        .toList());
        return finding;
    }

    private static void put(Map<String, Object> status, String state, String reason) {
        status.put("state", state);
        status.put("reason", reason);
    }

    private List<String> observationIds(ComplianceProfile profile, Judged judged) {
        return judged.rules().isEmpty()
                ? List.of(evidenceId(profile, judged))
                : judged.rules().stream()
                        .map(tally -> ids.of("observation " + profile.name() + " " + tally.rule()))
                        .collect(Collectors.toList());
    }

    private List<Object> resources() {
        List<Object> resources = new ArrayList<>();
        resources.add(
                resource(
                        ids.of("manifest"),
                        "The change set's manifest: what was to be assessed",
                        "../change-set/manifest.json",
                        "application/json",
                        changeSet.digest().hex()));
        for (Artifact file : changeSet.artifacts()) {
            resources.add(
                    resource(
                            fileId(file.name().value()),
                            file.name().value(),
                            "../change-set/files/" + encoded(file.name().value()),
                            file.mediaType(),
                            file.digest().hex()));
        }
        return resources;
    }

    private String fileId(String name) {
        return ids.of("file " + name);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private static Map<String, Object> resource(
            String uuid, String title, String href, String mediaType, String sha256) {
        Map<String, Object> hash = new LinkedHashMap<>();
        hash.put("algorithm", "SHA-256");
        hash.put("value", sha256);
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("href", href);
        link.put("media-type", mediaType);
        link.put("hashes", List.of(hash));
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("uuid", uuid);
        resource.put("title", title);
        resource.put("rlinks", List.of(link));
        return resource;
    }
}
