package dev.devopspack.policy;

import dev.devopspack.change.Digest;
import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A list of controls. Each is tied to rules, to a piece of evidence, or says why no rule can judge
/// it.
///
/// @param name for example `cis-aws`
/// @param about what it is and which part of it is listed, in one line
/// @param digest of the file's bytes and of what each control is tied to
public record ComplianceProfile(
        String name, String title, String about, List<Control> controls, Digest digest) {

    private static final Set<String> KEYS =
            Set.of("profile", "title", "about", "framework", "reasons", "controls");
    private static final Set<String> CONTROL_KEYS =
            Set.of("id", "title", "evidence", "rules", "same-as", "unseen");

    public ComplianceProfile {
        controls = List.copyOf(controls);
    }

    /// @param rules what must hold wherever it applies; empty for a control of evidence
    /// @param unseen why no rule judges it, or which part of it none does
    public record Control(
            String id,
            String title,
            Optional<Evidence> evidence,
            List<String> rules,
            Optional<String> unseen) {
        public Control {
            rules = List.copyOf(rules);
        }

        /// Whether rules or evidence say something of it.
        public boolean automated() {
            return !rules.isEmpty() || evidence.isPresent();
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

    /// The profile that always holds.
    public static ComplianceProfile baseline() {
        return new ComplianceProfiles(RuleCatalog.builtIn()).baseline();
    }

    /// How many controls rules or evidence say something of.
    public long automated() {
        return controls.stream().filter(Control::automated).count();
    }

    /// Whether the profile as such is this program's own list.
    public boolean isBaseline() {
        return name.equals(ComplianceProfiles.BASELINE);
    }

    public Optional<Control> control(String id) {
        return controls.stream().filter(control -> control.id().equals(id)).findFirst();
    }

    /// @param catalog the rules that a control may name. Where the profile names a framework, a
    ///   rule belongs to each control whose id it carries, also a user's own
    /// @throws InvalidInput with `file:line:column` where the profile is wrong
    public static ComplianceProfile read(String file, byte[] bytes, RuleCatalog catalog) {
        YamlMap map = StrictYaml.read(file, bytes).only(KEYS);
        Optional<String> framework = map.optionalText("framework");
        Map<String, String> reasons = new LinkedHashMap<>();
        map.map("reasons")
                .ifPresent(each -> each.keys().forEach(key -> reasons.put(key, each.text(key))));
        Set<String> ids = new HashSet<>();
        List<Control> controls = new ArrayList<>();
        for (YamlMap item : map.maps("controls")) {
            controls.add(
                    new Reading(item.only(CONTROL_KEYS), framework, reasons, catalog).control());
            if (!ids.add(item.text("id"))) {
                throw item.refusal(
                        "id", "'" + Shown.of(item.text("id")) + "' is given twice", "Rename one.");
            }
        }
        if (controls.isEmpty()) {
            throw map.refusal("controls", "the profile has no control", "Add one.");
        }
        return new ComplianceProfile(
                map.text("profile"),
                map.text("title"),
                map.optionalText("about").orElse(""),
                controls,
                framework.isEmpty() ? Digest.of(bytes) : digest(bytes, controls));
    }

    /// Which rules carry a control's id is said by the rules, so it is part of what is digested.
    private static Digest digest(byte[] bytes, List<Control> controls) {
        return Digest.of(
                Digest.of(bytes).value()
                        + controls.stream()
                                .map(control ->
                                        "\n"
                                                + control.id()
                                                + "="
                                                + String.join(",", control.rules()))
                                .collect(Collectors.joining()));
    }

    /// One control as it is written.
    private record Reading(
            YamlMap item,
            Optional<String> framework,
            Map<String, String> reasons,
            RuleCatalog catalog) {

        Control control() {
            List<String> rules = rules();
            Optional<Evidence> evidence = item.optionalText("evidence").map(this::evidence);
            Optional<String> unseen = item.optionalText("unseen").map(this::reason);
            if ((!rules.isEmpty() && evidence.isPresent())
                    || (rules.isEmpty() && evidence.isEmpty() && unseen.isEmpty())) {
                throw item.refusal(
                        "id",
                        "the control is tied to neither or to both of rules and evidence",
                        "Give one of `rules` and `evidence`, or say in `unseen` why there is none.");
            }
            return new Control(item.text("id"), item.text("title"), evidence, rules, unseen);
        }

        private List<String> rules() {
            Set<String> rules = new LinkedHashSet<>();
            for (String rule : item.texts("rules")) {
                if (!catalog.has(rule)) {
                    throw item.refusal(
                            "rules",
                            "there is no rule '" + Shown.of(rule) + "'",
                            "See docs/rules.md for all ids.");
                }
                rules.add(rule);
            }
            framework.ifPresent(name -> rules.addAll(catalog.ofControl(name, item.text("id"))));
            item.map("same-as")
                    .ifPresent(others -> {
                        for (String name : others.keys()) {
                            others.texts(name)
                                    .forEach(id -> rules.addAll(catalog.ofControl(name, id)));
                        }
                    });
            return List.copyOf(rules);
        }

        private String reason(String name) {
            String reason = reasons.get(name);
            if (reason == null) {
                throw item.refusal(
                        "unseen",
                        "there is no reason '" + Shown.of(name) + "'",
                        "Use one of " + reasons.keySet() + ", or add it under `reasons`.");
            }
            return reason;
        }

        private Evidence evidence(String name) {
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
}
