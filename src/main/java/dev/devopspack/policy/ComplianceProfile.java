package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A list of controls, each tied to rules or to a piece of evidence.
///
/// @param digest of the file's bytes
public record ComplianceProfile(String name, String title, List<Control> controls, Digest digest) {

    private static final String BASELINE = "compliance/baseline.yaml";

    public ComplianceProfile {
        controls = List.copyOf(controls);
    }

    /// @param rules what must hold wherever it applies; empty for a control of evidence
    public record Control(
            String id, String title, Optional<Evidence> evidence, List<String> rules) {
        public Control {
            rules = List.copyOf(rules);
        }
    }

    /// What is not in the files.
    public enum Evidence {
        PLAN_OR_DIFFERENCE("plan-or-difference"),
        SCAN_COMPLETE("scan-complete"),
        APPROVAL_POLICY("approval-policy"),
        REQUESTER_KNOWN("requester-known"),
        AUDIT_VERIFIED("audit-verified");

        private final String label;

        Evidence(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// The profile that ships with the program.
    public static ComplianceProfile baseline() {
        try (InputStream in =
                ComplianceProfile.class.getClassLoader().getResourceAsStream(BASELINE)) {
            if (in == null) {
                throw new IllegalStateException(BASELINE + " is missing in the program");
            }
            return read(BASELINE, in.readAllBytes(), RuleCatalog.builtIn());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param catalog the rules that a control may name
    /// @throws InvalidInput with `file:line:column` where the profile is wrong
    public static ComplianceProfile read(String file, byte[] bytes, RuleCatalog catalog) {
        YamlMap map = StrictYaml.read(file, bytes).only(Set.of("profile", "title", "controls"));
        Set<String> ids = new HashSet<>();
        List<Control> controls =
                map.maps("controls").stream().map(item -> control(item, catalog, ids)).toList();
        if (controls.isEmpty()) {
            throw map.refusal("controls", "the profile has no control", "Add one.");
        }
        return new ComplianceProfile(
                map.text("profile"), map.text("title"), controls, Digest.of(bytes));
    }

    private static Control control(YamlMap item, RuleCatalog catalog, Set<String> ids) {
        item.only(Set.of("id", "title", "evidence", "rules"));
        String id = item.text("id");
        if (!ids.add(id)) {
            throw item.refusal("id", "'" + Shown.of(id) + "' is given twice", "Rename one.");
        }
        List<String> rules = item.texts("rules");
        Optional<Evidence> evidence =
                item.optionalText("evidence").map(name -> evidence(item, name));
        if (rules.isEmpty() == evidence.isEmpty()) {
            throw item.refusal(
                    "id",
                    "the control is tied to neither or to both of rules and evidence",
                    "Give one of `rules` and `evidence`.");
        }
        for (String rule : rules) {
            if (catalog.find(rule).isEmpty()) {
                throw item.refusal(
                        "rules",
                        "there is no rule '" + Shown.of(rule) + "'",
                        "See docs/rules.md for all ids.");
            }
        }
        return new Control(id, item.text("title"), evidence, rules);
    }

    private static Evidence evidence(YamlMap item, String name) {
        return Arrays.stream(Evidence.values())
                .filter(evidence -> evidence.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        item.refusal(
                                "evidence",
                                "'" + Shown.of(name) + "' is no evidence",
                                "Use one of "
                                        + Arrays.stream(Evidence.values())
                                                .map(Evidence::label)
                                                .toList()
                                        + "."));
    }
}
