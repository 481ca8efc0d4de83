package dev.devopspack.policy.compose;

import dev.devopspack.language.dockerfile.Variables;
import dev.devopspack.language.yaml.YamlNode;
import dev.devopspack.policy.subject.NotKnown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values of Compose files as rules see them. Variables have their default or are not known: who
/// starts the services sets them.
final class ComposeValues {

    private static final Variables NONE = new Variables();

    private ComposeValues() {}

    /// The text with the defaults of its variables; empty where one has none.
    static Optional<String> expanded(String text) {
        if (text.contains("$$")) {
            return Optional.of(text);
        }
        return NONE.expand(text);
    }

    /// A text, or that it is not known.
    static Object text(Optional<YamlNode> node) {
        String written = node.flatMap(YamlNode::text).orElse("");
        return expanded(written)
                .<Object>map(known -> known)
                .orElseGet(
                        () -> NotKnown.because("the variable in '" + written + "' has no default"));
    }

    /// Whether something is switched on, or that it is not known.
    static Object flag(Optional<YamlNode> node) {
        Object text = text(node);
        return text instanceof String known
                ? known.equalsIgnoreCase("true")
                        || known.equalsIgnoreCase("yes")
                        || known.equals("1")
                : text;
    }

    /// The texts of a list; a mapping's as `key=value`, a single text as one.
    static List<String> texts(Optional<YamlNode> node) {
        List<String> texts = new ArrayList<>();
        node.ifPresent(each -> {
            each.items().forEach(item -> item.text().ifPresent(texts::add));
            each.entries()
                    .forEach(
                            (key, entry) -> texts.add(key + "=" + entry.value().text().orElse("")));
            each.text().ifPresent(texts::add);
        });
        return texts.stream().map(text -> expanded(text).orElse(text)).toList();
    }

    /// Names and values of an environment, in either of its forms.
    static Map<String, String> environment(Optional<YamlNode> node) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String pair : texts(node)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                environment.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return environment;
    }
}
