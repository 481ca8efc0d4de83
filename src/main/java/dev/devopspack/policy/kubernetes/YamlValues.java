package dev.devopspack.policy.kubernetes;

import dev.cel.common.values.NullValue;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.policy.Unknowns;
import dev.devopspack.policy.subject.Attributes;
import java.util.LinkedHashMap;
import java.util.Map;

/// Turns YAML into the values that rules see.
final class YamlValues {

    private YamlValues() {}

    static Object of(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> object(mapping);
            case YamlNode.Sequence sequence ->
                    sequence.items().stream().map(YamlValues::of).toList();
            case YamlNode.Scalar scalar -> scalar(scalar);
        };
    }

    static Attributes object(YamlNode.Mapping mapping) {
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries().forEach((key, entry) -> values.put(key, of(entry.value())));
        return new Attributes(values);
    }

    private static Object scalar(YamlNode.Scalar scalar) {
        Object value = scalar.value();
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        return isTemplate(scalar) ? Unknowns.because("a template fills it in") : value;
    }

    /// A field that is nothing but a placeholder of some templating; scripts, rules and texts that
    /// mention one are what they are.
    private static boolean isTemplate(YamlNode.Scalar scalar) {
        String text = scalar.content().strip();
        return text.startsWith("{{")
                && text.endsWith("}}")
                && text.indexOf("{{", 2) < 0
                && text.indexOf('\n') < 0;
    }
}
