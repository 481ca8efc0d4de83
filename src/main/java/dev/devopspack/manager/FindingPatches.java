package dev.devopspack.manager;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.ChangeSet;
import dev.devopspack.change.Digest;
import dev.devopspack.gate.Verdict;
import dev.devopspack.gate.Verdicts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Fixes;
import dev.devopspack.policy.RuleCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What a machine can do about the findings of a change set, for who looks at it.
///
/// Patches are advice and bind nobody: what is submitted with one is a change set of its own.
@ApplicationScoped
public class FindingPatches {

    /// Of the gravest; whoever mends so many sees the rest the next time.
    private static final int MOST = 40;

    /// Working them out means to judge the files three times while somebody waits for the page:
    /// larger change sets have the sentences alone.
    private static final int MAX_BYTES = 1_000_000;

    /// Pages that are looked at again and again: those that wait for a decision.
    private static final int KEPT = 64;

    /// A waiver leaves the files as they are and the findings fewer.
    private record Key(Digest files, List<Finding> findings) {}

    private final RuleCatalog rules;

    private final Recent<Key, Map<Finding, String>> recent = new Recent<>(KEPT, _ -> 1);

    FindingPatches(RuleCatalog rules) {
        this.rules = rules;
    }

    /// A unified diff for each of the gravest findings that a machine can mend.
    public Map<Finding, String> of(ChangeSet changeSet, Verdicts verdicts) {
        List<Finding> findings =
                verdicts.list().stream()
                        .map(Verdict::findings)
                        .flatMap(List::stream)
                        .distinct()
                        .sorted(Comparator.comparing(Finding::severity))
                        .toList();
        List<Artifact> files = changeSet.artifacts().list();
        if (findings.isEmpty() || files.stream().mapToLong(Artifact::sizeBytes).sum() > MAX_BYTES) {
            return Map.of();
        }
        Key key = new Key(changeSet.digest(), findings);
        return recent.find(key)
                .orElseGet(() -> {
                    Map<Finding, String> made =
                            Map.copyOf(Fixes.patches(rules, files, findings, MOST));
                    recent.keep(key, made);
                    return made;
                });
    }
}
