package dev.devopspack.specialist.security;

import dev.devopspack.change.Artifact;
import dev.devopspack.change.Artifacts;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Fixes;
import dev.devopspack.policy.LineDiff;
import dev.devopspack.policy.RuleCatalog;
import dev.devopspack.policy.Scan;
import dev.devopspack.policy.ScanResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Mends that a machine can make, a unified diff a file. Each edited file was read and judged
/// again: what is not better by it is not offered.
///
/// @param list sorted by file
/// @param withheld files whose patch would show a secret
/// @param after what the rules say of the files with all patches applied
record Patches(List<Patch> list, List<String> withheld, ScanResult after) {

    Patches {
        list = List.copyOf(list);
        withheld = List.copyOf(withheld);
    }

    /// @param diff as `git apply` reads it
    record Patch(String file, String diff, List<String> rules) {
        Patch {
            rules = List.copyOf(rules);
        }
    }

    static Patches of(RuleCatalog rules, Artifacts files) {
        Fixes.Result fixes = Fixes.of(rules, files.list());
        List<Patch> patches = new ArrayList<>();
        List<String> withheld = new ArrayList<>();
        List<Artifact> applied = new ArrayList<>();
        for (Artifact file : files) {
            String name = file.name().value();
            String text = fixes.texts().get(name);
            if (text == null) {
                applied.add(file);
                continue;
            }
            String diff = LineDiff.of(name, file.text(), text);
            if (Fixes.showsSecret(name, file.text(), diff)) {
                withheld.add(name);
                applied.add(file);
                continue;
            }
            List<Finding> own =
                    fixes.mended().stream().filter(finding -> finding.file().equals(name)).toList();
            patches.add(
                    new Patch(
                            name,
                            diff,
                            own.stream().map(Finding::rule).distinct().sorted().toList()));
            applied.add(Artifact.of(name, text));
        }
        return new Patches(patches, withheld, new Scan(rules).of(new Artifacts(applied)));
    }

    /// Whether a finding is there no longer once all patches are applied: also one that went with
    /// the mend of another.
    boolean mends(Finding finding) {
        return after.open().stream()
                .noneMatch(left ->
                        left.rule().equals(finding.rule())
                                && left.file().equals(finding.file())
                                && Objects.equals(left.resource(), finding.resource()));
    }

    List<Map<String, Object>> facts() {
        return list.stream()
                .map(patch ->
                        Map.<String, Object>of(
                                "file", patch.file(), "diff", patch.diff(), "mends", patch.rules()))
                .toList();
    }
}
