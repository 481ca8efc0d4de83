package dev.devopspack.specialist.security;

import dev.devopspack.language.yaml.printer.YamlPrinter;
import dev.devopspack.language.yaml.printer.YamlValue;
import java.util.List;
import java.util.Map;

/// Plain values as YAML.
final class PolicyYaml {

    private PolicyYaml() {}

    static String document(List<String> header, Map<String, Object> root) {
        return YamlPrinter.document(header, mapping(root));
    }

    private static YamlValue.Mapping mapping(Map<?, ?> map) {
        return new YamlValue.Mapping(
                map.entrySet().stream()
                        .map(entry ->
                                new YamlValue.Entry(
                                        entry.getKey().toString(),
                                        value(entry.getValue()),
                                        List.of(),
                                        null,
                                        false))
                        .toList());
    }

    private static YamlValue value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> mapping(map);
            case List<?> list ->
                    new YamlValue.Sequence(
                            list.stream().map(item -> YamlValue.Item.of(value(item))).toList());
            case Boolean yes -> new YamlValue.Bool(yes);
            case Number number -> new YamlValue.Whole(number.longValue());
            case String text when text.contains("\n") -> new YamlValue.Block(text);
            default -> new YamlValue.Text(value.toString());
        };
    }
}
