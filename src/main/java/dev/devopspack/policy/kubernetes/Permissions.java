package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.List;

/// What rules of roles allow.
public final class Permissions {

    private Permissions() {}

    /// Whether a role's rule allows an action, wildcards included.
    ///
    /// @param rule with `apiGroups`, `resources` and `verbs`
    /// @param resource `pods`, `pods/exec`, or with a group `apps:deployments`; `:` before a name
    ///   in the core group may be left out
    public static boolean permit(Object rule, String verb, String resource) {
        if (!(rule instanceof Attributes written)) {
            return false;
        }
        int colon = resource.indexOf(':');
        String group = colon < 0 ? "" : resource.substring(0, colon);
        String name = resource.substring(colon + 1);
        return holds(written, "apiGroups", group)
                && holds(written, "verbs", verb)
                && coversResource(Values.texts(written.get("resources")), name);
    }

    private static boolean holds(Attributes rule, String list, String wanted) {
        List<String> items =
                rule.get(list) instanceof List<?> all
                        ? all.stream().map(Values::text).toList()
                        : List.of();
        return items.contains("*") || items.contains(wanted);
    }

    private static boolean coversResource(List<String> resources, String name) {
        if (resources.contains("*") || resources.contains(name)) {
            return true;
        }
        int slash = name.indexOf('/');
        return slash >= 0
                && (resources.contains("*/" + name.substring(slash + 1))
                        || resources.contains(name.substring(0, slash) + "/*"));
    }
}
