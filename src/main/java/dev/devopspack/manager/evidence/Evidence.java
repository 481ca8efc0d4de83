package dev.devopspack.manager.evidence;

import dev.devopspack.approval.Approval;
import dev.devopspack.approval.ApprovalPolicy;
import dev.devopspack.approval.Approvals;
import dev.devopspack.approval.Grants;
import dev.devopspack.approval.act.ActStore;
import dev.devopspack.approval.waiver.Waivers;
import dev.devopspack.audit.AuditLog;
import dev.devopspack.audit.AuditQuery;
import dev.devopspack.audit.Checkpoints;
import dev.devopspack.audit.InclusionProof;
import dev.devopspack.audit.SignedCheckpoint;
import dev.devopspack.audit.StoredEntry;
import dev.devopspack.audit.TlogProof;
import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.ChangeSetId;
import dev.devopspack.change.ChangeSetStore;
import dev.devopspack.change.GateId;
import dev.devopspack.gate.ChosenProfiles;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.VerdictStore;
import dev.devopspack.gate.Waived;
import dev.devopspack.policy.ComplianceAssessment;
import dev.devopspack.policy.ComplianceProfile;
import dev.devopspack.policy.ComplianceProfiles;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Sarif;
import dev.devopspack.policy.Scan;
import dev.devopspack.task.InvalidInput;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Puts together what an auditor takes away of a change set.
///
/// The bytes depend on the change set, the rules, its approvals and its entries in the log: asked
/// again while none of these has changed, the same bytes come.
@ApplicationScoped
public class Evidence {

    private final ChangeSetStore changeSets;
    private final VerdictStore verdicts;
    private final Approvals approvals;
    private final Grants grants;
    private final Waivers waivers;
    private final ActStore acts;
    private final AuditLog log;
    private final Checkpoints checkpoints;
    private final RuleCatalog rules;
    private final Scan scan;
    private final ComplianceProfiles profiles;
    private final ChosenProfiles chosen;
    private final ApprovalPolicy policy;

    Evidence(
            ChangeSetStore changeSets,
            VerdictStore verdicts,
            Approvals approvals,
            Grants grants,
            Waivers waivers,
            ActStore acts,
            AuditLog log,
            Checkpoints checkpoints,
            RuleCatalog rules,
            Scan scan,
            ComplianceProfiles profiles,
            ChosenProfiles chosen,
            ApprovalPolicy policy) {
        this.changeSets = changeSets;
        this.verdicts = verdicts;
        this.approvals = approvals;
        this.grants = grants;
        this.waivers = waivers;
        this.acts = acts;
        this.log = log;
        this.checkpoints = checkpoints;
        this.rules = rules;
        this.scan = scan;
        this.profiles = profiles;
        this.chosen = chosen;
        this.policy = policy;
    }

    /// The archive's bytes: a zip, as `docs/formats/evidence.md` says.
    ///
    /// @param also profiles beside the baseline and those that judge this environment
    /// @throws InvalidInput where there is no such change set or profile
    public byte[] zip(ChangeSetId id, List<String> also) {
        ChangeSet changeSet =
                changeSets
                        .find(id)
                        .orElseThrow(() ->
                                new InvalidInput(
                                        "change_set_id",
                                        "there is no change set " + id,
                                        "Use the id from the answer that made it."));
        List<ComplianceProfile> judging = judging(changeSet, also);
        Scan.Traced traced = scan.traced(changeSet.artifacts());
        List<Verdict> stored = stored(id);
        List<Approval> asked =
                approvals.ofChangeSet(id).stream()
                        .sorted(Comparator.comparing(a -> a.request().id().value()))
                        .toList();
        Archive archive = new Archive();
        archive.add("README.txt", ArchiveGuide.TEXT);
        archive.add("change-set/manifest.json", changeSet.manifest().canonical());
        for (Artifact file : changeSet.artifacts()) {
            archive.add("change-set/files/" + file.name().value(), file.bytes());
        }
        archive.add(
                "verdicts.json",
                Written.json(stored.stream().map(EvidenceDocuments::verdict).toList()));
        archive.add("scan.sarif", Sarif.of(traced.result(), rules) + "\n");
        archive.add(
                "oscal/assessment-results.json",
                Written.json(
                        new OscalResults(changeSet, traced, rules, changedAt(changeSet, asked))
                                .document(
                                        judging.stream()
                                                .map(profile -> assess(profile, traced, stored))
                                                .toList())));
        asked.forEach(approval -> add(archive, approval));
        addWaivers(archive, stored);
        if (!asked.isEmpty()) {
            archive.add("approvals/jwks.json", grants.keys().jwks() + "\n");
        }
        long unproven = addLog(archive, id);
        return archive.zip(about(changeSet, traced, stored, judging, unproven));
    }

    private List<ComplianceProfile> judging(ChangeSet changeSet, List<String> also) {
        Set<ComplianceProfile> judging = new LinkedHashSet<>(List.of(profiles.baseline()));
        judging.addAll(chosen.of(changeSet.target().environment(), policy));
        also.forEach(name -> judging.add(profiles.find(name, "profile")));
        return List.copyOf(judging);
    }

    /// What the gates said of the files; where the approval stands is told by the approvals.
    private List<Verdict> stored(ChangeSetId id) {
        return verdicts.latest(id).stream()
                .flatMap(all -> all.list().stream())
                .filter(verdict -> verdict.gate() != GateId.APPROVAL)
                .toList();
    }

    /// The rules are asked anew; what is not in the files, and what people excused, is as the gate
    /// said it.
    private static ComplianceAssessment assess(
            ComplianceProfile profile, Scan.Traced traced, List<Verdict> stored) {
        GateChecks checks = GateChecks.of(profile, stored);
        ComplianceAssessment assessment =
                ComplianceAssessment.of(profile, traced.result(), checks::evidence);
        return new ComplianceAssessment(
                profile, assessment.controls().stream().map(checks::excused).toList());
    }

    private static Instant changedAt(ChangeSet changeSet, List<Approval> asked) {
        return Stream.concat(
                        Stream.of(changeSet.createdAt()), asked.stream().map(Approval::changedAt))
                .max(Comparator.naturalOrder())
                .orElse(changeSet.createdAt());
    }

    private void add(Archive archive, Approval approval) {
        String folder = "approvals/" + approval.request().id() + "/";
        archive.add(folder + "approval.json", Written.json(EvidenceDocuments.approval(approval)));
        archive.add(folder + "signed-text.txt", approval.request().rendering().text());
        grants.envelope(approval.request().id())
                .ifPresent(envelope -> archive.add(folder + "grant.json", envelope + "\n"));
    }

    /// What people accepted of the findings, with the act that each of them signed.
    private void addWaivers(Archive archive, List<Verdict> stored) {
        stored.stream()
                .flatMap(verdict -> verdict.checks().stream())
                .filter(Waived::isCheck)
                .map(Waived::waiverOf)
                .distinct()
                .map(waivers::find)
                .forEach(waiver ->
                        archive.add(
                                "waivers/" + waiver.id() + ".json",
                                Written.json(
                                        EvidenceDocuments.waiver(
                                                waiver, acts.find(waiver.act())))));
    }

    /// Each entry about the change set, with the proof that leads to a signed checkpoint: the
    /// oldest that covers all of them, so that a longer log does not change it.
    ///
    /// @return how many entries no checkpoint covers yet
    private long addLog(Archive archive, ChangeSetId id) {
        List<StoredEntry> entries =
                log.search(AuditQuery.ofChangeSet(id.value(), AuditQuery.MAX_LIMIT)).reversed();
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(entry.exported().line()).append('\n'));
        archive.add("log/entries.jsonl", lines.toString());
        archive.add("log/key.txt", checkpoints.key().text() + "\n");
        Optional<SignedCheckpoint> covering =
                entries.isEmpty()
                        ? Optional.empty()
                        : checkpoints.after(entries.getLast().sequence() - 1, 1).stream()
                                .findFirst()
                                .or(checkpoints::newest);
        if (covering.isEmpty()) {
            return entries.size();
        }
        SignedCheckpoint checkpoint = covering.get();
        archive.add("log/checkpoint.txt", checkpoint.note());
        long unproven = 0;
        for (StoredEntry entry : entries) {
            if (entry.sequence() > checkpoint.checkpoint().size()) {
                unproven++;
            } else {
                archive.add(
                        "log/proofs/entry-" + entry.sequence() + ".tlog-proof",
                        proof(entry, checkpoint));
            }
        }
        return unproven;
    }

    private String proof(StoredEntry entry, SignedCheckpoint checkpoint) {
        InclusionProof proof =
                checkpoints.inclusion(entry.sequence(), checkpoint.checkpoint().size());
        return new TlogProof(
                        entry.sequence(), Optional.of(entry.leaf()), proof.hashes(), checkpoint)
                .text();
    }

    private static Map<String, Object> about(
            ChangeSet changeSet,
            Scan.Traced traced,
            List<Verdict> stored,
            List<ComplianceProfile> judging,
            long unproven) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("changeSet", changeSet.id().value());
        about.put("digest", changeSet.digest().value());
        about.put("environment", changeSet.target().environmentText());
        about.put("stack", changeSet.target().stack().value());
        about.put("createdAt", changeSet.createdAt().toString());
        about.put("ruleset", traced.result().ruleset().value());
        about.put(
                "judgedByTheseRules",
                stored.stream()
                        .filter(verdict -> verdict.gate() == GateId.SECURITY)
                        .anyMatch(verdict -> verdict.ruleset().equals(traced.result().ruleset())));
        List<Object> named = new ArrayList<>();
        judging.forEach(profile -> named.add(profile.name() + " " + profile.digest().value()));
        about.put("profiles", named);
        about.put("entriesWithoutProof", unproven);
        return about;
    }
}
