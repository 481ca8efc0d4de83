package dev.devopspack.policy;

import dev.cel.runtime.CelUnknownSet;
import dev.devopspack.policy.RuleFunctions.Described;
import dev.devopspack.policy.condition.Function;
import dev.devopspack.policy.condition.Function.Kind;
import dev.devopspack.policy.kubernetes.Permissions;
import dev.devopspack.policy.kubernetes.Quantity;
import dev.devopspack.policy.kubernetes.Selector;
import dev.devopspack.policy.subject.Attributes;
import dev.devopspack.policy.subject.Subject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The functions that rules about Kubernetes need.
final class KubernetesFunctions {

    private KubernetesFunctions() {}

    static List<Described> all() {
        return List.of(
                RuleFunctions.binary(
                        "linked",
                        Kind.ANY,
                        Kind.TEXT,
                        false,
                        "linked(self, 'networkPolicies')",
                        "The objects of the scan that belong to this one: `workloads`, `services`,"
                                + " `networkPolicies`, `missingServices`, `budgets`, `disruptionBudgets`, `autoscalers`, `target`,"
                                + " `serviceAccount`, `bindings`, `roles`, `role`, `claims`,"
                                + " `ingresses`, `namespaceObject`, `sameNamespace`; `pods` gives"
                                + " the workloads as rules on kubernetes/Workload see them.",
                        (self, relation) -> linked(self, (String) relation)),
                RuleFunctions.unary(
                        "text",
                        Kind.ANY,
                        "text(value)",
                        "The value as a text, empty where nothing is written.",
                        KubernetesFunctions::text),
                RuleFunctions.unary(
                        "quantity",
                        Kind.ANY,
                        "quantity('512Mi')",
                        "An amount of CPU, memory or storage as a number; null where it is none.",
                        value -> value instanceof CelUnknownSet ? value : Quantity.of(value)),
                RuleFunctions.binary(
                        "selects",
                        Kind.ANY,
                        Kind.ANY,
                        false,
                        "selects(selector, labels)",
                        "Whether a label selector chooses what has the labels.",
                        KubernetesFunctions::selects),
                RuleFunctions.unary(
                        "placeholder",
                        Kind.ANY,
                        "placeholder(value)",
                        "Whether a text, also one in base64, only stands for a value: `${NAME}`,"
                                + " `REPLACE_ME`, a reference.",
                        KubernetesFunctions::placeholder),
                permits());
    }

    private static Object linked(Object self, String relation) {
        Subject subject = self instanceof Attributes attributes ? attributes.owner() : null;
        return subject == null ? List.of() : subject.surroundings().linked(subject, relation);
    }

    private static Object text(Object value) {
        return switch (value) {
            case CelUnknownSet unknown -> unknown;
            case String text -> text;
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> "";
        };
    }

    private static Object selects(Object selector, Object labels) {
        if (selector instanceof CelUnknownSet || labels instanceof CelUnknownSet) {
            return selector instanceof CelUnknownSet ? selector : labels;
        }
        return selector instanceof Map<?, ?> wanted
                && Selector.matches(
                        attributes(wanted),
                        labels instanceof Map<?, ?> given
                                ? attributes(given)
                                : new Attributes(Map.of()));
    }

    private static Attributes attributes(Map<?, ?> map) {
        if (map instanceof Attributes known) {
            return known;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        map.forEach((key, value) -> values.put(String.valueOf(key), value));
        return new Attributes(values);
    }

    private static Object placeholder(Object value) {
        if (!(value instanceof String text)) {
            return value instanceof CelUnknownSet ? value : (Object) false;
        }
        return Placeholders.is(text) || Placeholders.is(unpacked(text));
    }

    /// Secrets hold base64, whatever their length.
    private static String unpacked(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }

    private static Described permits() {
        return new Described(
                "permits(self, 'create', 'apps:deployments')",
                "Whether a rule of a Kubernetes role allows a verb on a resource, wildcards"
                        + " included; the core group needs no name before the colon.",
                new Function(
                        "permits",
                        false,
                        Kind.TRUTH,
                        List.of(Kind.ANY, Kind.TEXT, Kind.TEXT),
                        values ->
                                Permissions.permit(
                                        values[0], (String) values[1], (String) values[2])));
    }
}
