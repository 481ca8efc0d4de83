package dev.devopspack.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A plan as an assistant gets it in an answer: which resources change and how, the risks, the
/// cost. Every attribute of each would fill its conversation, again with every look at the status;
/// they are a resource of their own, `devops://change-sets/{id}/plan`.
final class ShortPlan {

    /// Attributes of all resources together that are still told: a page to read.
    static final int MAX_ATTRIBUTES = 40;

    /// Resources by address; the counts tell all of them.
    static final int MAX_CHANGES = 200;

    /// Its text says where the rest is.
    static final String SHORTENED = "shortened";

    private static final String ATTRIBUTES = "attributes";

    /// The type is a part of the address.
    private static final Set<String> LEFT_OUT = Set.of(ATTRIBUTES, "type", "provider");

    private ShortPlan() {}

    /// @param plan as {@link dev.devopspack.manager.RunResult} has it
    static Map<String, Object> of(Map<String, Object> plan) {
        Map<String, Object> shorter = new LinkedHashMap<>(plan);
        if (attributes(plan.get("changes")) + attributes(plan.get("drift")) > MAX_ATTRIBUTES) {
            shorter.computeIfPresent("changes", (_, changes) -> withoutAttributes(changes));
            shorter.computeIfPresent("drift", (_, drift) -> withoutAttributes(drift));
            shorter.put(SHORTENED, "The resource `plan` has the attributes of each.");
        }
        return shorter;
    }

    private static int attributes(@Nullable Object changes) {
        return changes instanceof List<?> list
                ? list.stream().mapToInt(ShortPlan::attributesOfOne).sum()
                : 0;
    }

    private static int attributesOfOne(Object change) {
        return change instanceof Map<?, ?> map && map.get(ATTRIBUTES) instanceof List<?> list
                ? list.size()
                : 0;
    }

    private static Object withoutAttributes(Object changes) {
        return changes instanceof List<?> list
                ? list.stream().limit(MAX_CHANGES).map(ShortPlan::withoutItsAttributes).toList()
                : changes;
    }

    private static Object withoutItsAttributes(Object change) {
        if (!(change instanceof Map<?, ?> map)) {
            return change;
        }
        Map<Object, Object> shorter = new LinkedHashMap<>(map);
        shorter.keySet().removeAll(LEFT_OUT);
        return shorter;
    }
}
