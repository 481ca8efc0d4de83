package dev.devopspack.specialist.security;

import dev.devopspack.specialist.security.PolicyData.Constraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The same constraints in three languages.
///
/// @param name of the policy, a Kubernetes name
/// @param constraints with the texts that stand for their `$VALUES`
/// @param except namespaces that are left alone
record KubernetesPolicies(
        String name,
        List<Bound> constraints,
        PolicyInput.Action action,
        List<String> except,
        AdmissionExpressions expressions) {

    /// What makes pods, by the group of its API.
    private static final Map<String, List<String>> WORKLOADS = workloads();

    private static final List<String> KINDS =
            List.of(
                    "Pod",
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "ReplicaSet",
                    "ReplicationController",
                    "Job",
                    "CronJob");

    /// Imported one by one: releases from 1.0 on know these words without it and take the imports
    /// all the same, earlier ones than 0.59 do not know `import rego.v1`.
    private static final List<String> REGO_KEYWORDS_USED = List.of("contains", "if", "in");

    /// Words that may not stand in the path of a package.
    private static final Set<String> REGO_KEYWORDS =
            Set.of(
                    "as",
                    "contains",
                    "default",
                    "else",
                    "every",
                    "false",
                    "if",
                    "import",
                    "in",
                    "not",
                    "null",
                    "package",
                    "some",
                    "true",
                    "with");

    private static Map<String, List<String>> workloads() {
        Map<String, List<String>> workloads = new LinkedHashMap<>();
        workloads.put("", List.of("pods", "pods/ephemeralcontainers", "replicationcontrollers"));
        workloads.put("apps", List.of("deployments", "statefulsets", "daemonsets", "replicasets"));
        workloads.put("batch", List.of("jobs", "cronjobs"));
        return workloads;
    }

    /// @param values what stands for `$VALUES`; empty where it takes none
    record Bound(Constraint constraint, List<String> values) {

        String cel() {
            return filled(constraint.cel());
        }

        String filled(String text) {
            return text.replace("$VALUES", Texts.literal(values));
        }

        /// A pod for which it should hold, or should not.
        Map<String, Object> pod(boolean holds) {
            Map<String, Object> spec =
                    new LinkedHashMap<>(holds ? constraint.holds() : constraint.fails());
            boolean labelled = spec.remove("labelled") != null;
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("name", "tried");
            if (labelled) {
                Map<String, Object> labels = new LinkedHashMap<>();
                values.forEach(label -> labels.put(label, "x"));
                metadata.put("labels", labels);
            }
            Map<String, Object> pod = new LinkedHashMap<>();
            pod.put("apiVersion", "v1");
            pod.put("kind", "Pod");
            pod.put("metadata", metadata);
            pod.put("spec", withFirst(spec));
            return pod;
        }

        private Object withFirst(Object value) {
            return switch (value) {
                case Map<?, ?> map -> {
                    Map<String, Object> copy = new LinkedHashMap<>();
                    map.forEach((key, item) -> copy.put(key.toString(), withFirst(item)));
                    yield copy;
                }
                case List<?> list -> list.stream().map(this::withFirst).toList();
                case String text when !values.isEmpty() ->
                        text.replace("$FIRST", values.getFirst());
                default -> value;
            };
        }
    }

    /// Tries every expression on a pod for which it holds and on one for which it does not.
    ///
    /// @throws IllegalStateException where one does not say what it should
    void tryAll() {
        for (Bound bound : constraints) {
            if (!expressions.admits(bound.cel(), bound.pod(true))
                    || expressions.admits(bound.cel(), bound.pod(false))) {
                throw new IllegalStateException(
                        bound.constraint().name() + " does not tell its two examples apart");
            }
        }
    }

    String admissionPolicy() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("failurePolicy", "Fail");
        List<Object> rules = new ArrayList<>();
        WORKLOADS.forEach((group, resources) -> {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("apiGroups", List.of(group));
            rule.put("apiVersions", List.of("v1"));
            rule.put("operations", List.of("CREATE", "UPDATE"));
            rule.put("resources", resources);
            rules.add(rule);
        });
        spec.put("matchConstraints", Map.of("resourceRules", rules));
        spec.put("variables", variables());
        spec.put("validations", constraints.stream().map(KubernetesPolicies::validation).toList());
        return PolicyYaml.document(
                        List.of("Kubernetes 1.30 or later. Apply the policy before its binding."),
                        object(
                                "admissionregistration.k8s.io/v1",
                                "ValidatingAdmissionPolicy",
                                spec))
                + "---\n"
                + PolicyYaml.document(List.of(), binding());
    }

    private Map<String, Object> binding() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("policyName", name);
        spec.put(
                "validationActions",
                switch (action) {
                    case DENY -> List.of("Deny", "Audit");
                    case WARN -> List.of("Warn", "Audit");
                    case AUDIT -> List.of("Audit");
                });
        if (!except.isEmpty()) {
            Map<String, Object> expression = new LinkedHashMap<>();
            expression.put("key", "kubernetes.io/metadata.name");
            expression.put("operator", "NotIn");
            expression.put("values", except);
            spec.put(
                    "matchResources",
                    Map.of("namespaceSelector", Map.of("matchExpressions", List.of(expression))));
        }
        return object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", spec);
    }

    private Map<String, Object> object(String apiVersion, String kind, Map<String, Object> spec) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", Map.of("name", name));
        object.put("spec", spec);
        return object;
    }

    private static List<Object> variables() {
        List<Object> variables = new ArrayList<>();
        AdmissionExpressions.VARIABLES.forEach((name, expression) -> {
            Map<String, Object> variable = new LinkedHashMap<>();
            variable.put("name", name);
            variable.put("expression", expression);
            variables.add(variable);
        });
        return variables;
    }

    private static Map<String, Object> validation(Bound bound) {
        Map<String, Object> validation = new LinkedHashMap<>();
        validation.put("expression", bound.cel());
        validation.put("message", bound.constraint().message());
        return validation;
    }

    String kyverno() {
        List<Object> rules = new ArrayList<>();
        for (Bound bound : constraints) {
            Map<String, Object> matched = new LinkedHashMap<>();
            matched.put("kinds", KINDS);
            matched.put("operations", List.of("CREATE", "UPDATE"));
            Map<String, Object> cel = new LinkedHashMap<>();
            cel.put("variables", variables());
            cel.put("expressions", List.of(validation(bound)));
            Map<String, Object> validate = new LinkedHashMap<>();
            validate.put("failureAction", action == PolicyInput.Action.DENY ? "Enforce" : "Audit");
            validate.put("cel", cel);
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("name", bound.constraint().name().replace('_', '-'));
            rule.put("match", Map.of("any", List.of(Map.of("resources", matched))));
            if (!except.isEmpty()) {
                rule.put(
                        "exclude",
                        Map.of("any", List.of(Map.of("resources", Map.of("namespaces", except)))));
            }
            rule.put("validate", validate);
            rules.add(rule);
        }
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("background", true);
        spec.put("rules", rules);
        return PolicyYaml.document(
                List.of("Kyverno 1.13 or later."), object("kyverno.io/v1", "ClusterPolicy", spec));
    }

    /// For example `devopspack.hardened_pods`.
    String regoPackage() {
        String last = name.replace('-', '_');
        return "devopspack." + (REGO_KEYWORDS.contains(last) ? last + "_policy" : last);
    }

    String rego() {
        StringBuilder text = new StringBuilder();
        text.append(
                "# For Open Policy Agent 0.47 or later and conftest: the set of what is wrong.\n");
        text.append("package ").append(regoPackage()).append("\n\n");
        REGO_KEYWORDS_USED.forEach(
                word -> text.append("import future.keywords.").append(word).append('\n'));
        text.append('\n');
        text.append("obj := object.get(input, [\"review\", \"object\"], input)\n\n");
        text.append("namespace := object.get(obj, [\"metadata\", \"namespace\"], \"default\")\n\n");
        text.append("skipped if namespace in ").append(Texts.literal(except)).append("\n\n");
        text.append(
                """
                spec := obj.spec if obj.kind == "Pod"

                spec := obj.spec.jobTemplate.spec.template.spec if obj.kind == "CronJob"

                spec := obj.spec.template.spec if not obj.kind in ["Pod", "CronJob"]

                containers := array.concat(
                  array.concat(spec.containers, object.get(spec, "initContainers", [])),
                  object.get(spec, "ephemeralContainers", []),
                )
                """);
        for (Bound bound : constraints) {
            text.append('\n').append(head()).append(" contains msg if {\n  not skipped\n");
            bound.constraint()
                    .deny()
                    .forEach(line -> text.append("  ").append(bound.filled(line)).append('\n'));
            text.append("  msg := ")
                    .append(Texts.literal(bound.constraint().message()))
                    .append("\n}\n");
        }
        for (String helper : helpers()) {
            text.append('\n').append(helper).append('\n');
        }
        String rego = text.toString();
        RegoShape.check(rego);
        return rego;
    }

    /// What conftest fails for, and what it only tells.
    private String head() {
        return switch (action) {
            case DENY -> "deny";
            case WARN, AUDIT -> "warn";
        };
    }

    private TreeSet<String> helpers() {
        TreeSet<String> helpers = new TreeSet<>();
        constraints.forEach(
                bound -> bound.constraint().helpers().forEach(it -> helpers.add(bound.filled(it))));
        return helpers;
    }

    /// For a summary, for example `denies`.
    String verb() {
        return switch (action) {
            case DENY -> "denies";
            case WARN -> "warns of";
            case AUDIT -> "records";
        };
    }
}
