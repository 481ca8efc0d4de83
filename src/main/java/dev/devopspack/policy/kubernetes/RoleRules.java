package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules of roles, and the bindings that give roles to people and programs.
final class RoleRules {

    private static final List<String> LISTS =
            List.of("apiGroups", "resources", "verbs", "resourceNames", "nonResourceURLs");

    private RoleRules() {}

    static boolean isRole(KubernetesObject object) {
        return object.kind().equals("Role") || object.kind().equals("ClusterRole");
    }

    static boolean isBinding(KubernetesObject object) {
        return object.kind().equalsIgnoreCase("RoleBinding")
                || object.kind().equalsIgnoreCase("ClusterRoleBinding");
    }

    /// What a role allows, as lists of texts.
    static List<Attributes> of(KubernetesObject role) {
        List<Attributes> rules = new ArrayList<>();
        for (Attributes rule : Values.objects(role.raw(), "rules")) {
            rules.add(new Attributes(values(rule)));
        }
        return rules;
    }

    private static Map<String, Object> values(Attributes rule) {
        Map<String, Object> values = new LinkedHashMap<>();
        LISTS.forEach(list -> values.put(list, Values.texts(rule.get(list))));
        return values;
    }

    static List<KubernetesSubject> subjects(KubernetesObject role, Cluster cluster) {
        List<KubernetesSubject> subjects = new ArrayList<>();
        if (!(role.raw().get("rules") instanceof List<?> rules)) {
            return subjects;
        }
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i) instanceof Attributes rule) {
                Map<String, Object> values = values(rule);
                role.describe(values);
                subjects.add(
                        new KubernetesSubject(
                                "RbacRule",
                                role,
                                false,
                                List.of(List.of("rules", String.valueOf(i))),
                                Map.of(),
                                values,
                                cluster));
            }
        }
        return subjects;
    }

    static KubernetesSubject binding(KubernetesObject binding, Cluster cluster) {
        Map<String, Object> values = new LinkedHashMap<>();
        binding.describe(values);
        Attributes role = Values.object(binding.raw(), "roleRef");
        values.put("roleKind", Values.text(role, "kind"));
        values.put("roleName", Values.text(role, "name"));
        values.put("subjects", subjectsOf(binding));
        values.put("defaultAccount", defaultAccount(binding) >= 0);
        return new KubernetesSubject(
                "Binding",
                binding,
                false,
                List.of(List.of()),
                Map.of(
                        "defaultAccount",
                                List.of("subjects", String.valueOf(defaultAccount(binding))),
                        "roleName", List.of("roleRef", "name"),
                        "roleKind", List.of("roleRef", "kind")),
                values,
                cluster);
    }

    /// Which subject is the default service account; -1 where none is.
    private static int defaultAccount(KubernetesObject binding) {
        List<Attributes> subjects = subjectsOf(binding);
        for (int i = 0; i < subjects.size(); i++) {
            if (subjects.get(i).get("kind").equals("ServiceAccount")
                    && subjects.get(i).get("name").equals("default")) {
                return i;
            }
        }
        return -1;
    }

    /// Who is bound: kind, name and namespace as texts.
    static List<Attributes> subjectsOf(KubernetesObject binding) {
        return Values.objects(binding.raw(), "subjects").stream()
                .map(subject ->
                        new Attributes(
                                Map.of(
                                        "kind", Values.text(subject, "kind"),
                                        "name", Values.text(subject, "name"),
                                        "namespace", Values.text(subject, "namespace"))))
                .toList();
    }
}
