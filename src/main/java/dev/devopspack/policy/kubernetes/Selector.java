package dev.devopspack.policy.kubernetes;

import dev.devopspack.policy.subject.Attributes;
import java.util.List;

/// A choice of objects by their labels.
public final class Selector {

    private Selector() {}

    /// Whether a label selector, with `matchLabels` and `matchExpressions`, chooses the labels. An
    /// empty one chooses everything.
    public static boolean matches(Attributes selector, Attributes labels) {
        return matchesPlainly(Values.object(selector, "matchLabels"), labels)
                && Values.objects(selector, "matchExpressions").stream()
                        .allMatch(expression -> holds(expression, labels));
    }

    /// Whether a plain selector, as services have it, chooses the labels.
    static boolean matchesPlainly(Attributes wanted, Attributes labels) {
        return wanted.keySet().stream()
                .allMatch(key ->
                        labels.isWritten(key)
                                && Values.text(wanted, key).equals(Values.text(labels, key)));
    }

    private static boolean holds(Attributes expression, Attributes labels) {
        String key = Values.text(expression, "key");
        List<String> values = Values.texts(expression.get("values"));
        boolean written = labels.isWritten(key);
        return switch (Values.text(expression, "operator")) {
            case "In" -> written && values.contains(Values.text(labels, key));
            case "NotIn" -> !written || !values.contains(Values.text(labels, key));
            case "Exists" -> written;
            case "DoesNotExist" -> !written;
            default -> false;
        };
    }
}
