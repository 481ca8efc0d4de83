package dev.devopspack.policy.compose;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A folder of a container that comes from elsewhere.
///
/// @param type `bind`, `volume`, `tmpfs` and others
/// @param source the host's path or the volume's name; empty where there is none
/// @param target the container's path
/// @param readOnly whether the container may only read it
/// @param propagation what happens to mounts inside it, for example `rshared`; empty for the
///   default
/// @param propagationSpan where that stands
record Mount(
        String type,
        String source,
        String target,
        boolean readOnly,
        String propagation,
        Span propagationSpan,
        Span span) {

    private static final Set<String> PROPAGATIONS =
            Set.of("shared", "rshared", "slave", "rslave", "private", "rprivate");

    /// Both the short form `./data:/data:ro` and the long one.
    static Mount of(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                ? ofShort(scalar.content(), node.span())
                : ofLong(node);
    }

    private static Mount ofShort(String text, Span span) {
        String plain = ComposeValues.expanded(text).orElse(text);
        List<String> parts = parts(plain);
        String source = parts.size() < 2 ? "" : parts.getFirst();
        String target = parts.size() < 2 ? plain : parts.get(1);
        List<String> options = parts.size() < 3 ? List.of() : List.of(parts.getLast().split(","));
        return new Mount(
                isPath(source) ? "bind" : "volume",
                source,
                target,
                options.contains("ro"),
                options.stream().filter(PROPAGATIONS::contains).findFirst().orElse(""),
                span,
                span);
    }

    /// The parts between colons; those in `${X:-y}` and behind a drive's letter are no separators.
    private static List<String> parts(String text) {
        ArrayList<String> parts = new ArrayList<>();
        int start = 0;
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            boolean drive =
                    c == ':'
                            && i - start == 1
                            && Character.isLetter(text.charAt(i - 1))
                            && i + 1 < text.length()
                            && (text.charAt(i + 1) == '\\' || text.charAt(i + 1) == '/')
                            && parts.isEmpty();
            if (c == ':' && open <= 0 && !drive) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static Mount ofLong(YamlNode node) {
        String source = text(node, "source", "src");
        String type = text(node, "type");
        return new Mount(
                type.isEmpty() ? isPath(source) ? "bind" : "volume" : type,
                source,
                text(node, "target", "dst", "destination"),
                text(node, "read_only", "readonly").equals("true"),
                node.get("bind").map(bind -> text(bind, "propagation")).orElse(""),
                node.get("bind")
                        .flatMap(bind -> bind.get("propagation"))
                        .map(YamlNode::span)
                        .orElse(node.span()),
                node.span());
    }

    private static String text(YamlNode node, String... keys) {
        for (String key : keys) {
            String found = node.get(key).flatMap(YamlNode::text).orElse("");
            if (!found.isEmpty()) {
                return ComposeValues.expanded(found).orElse(found);
            }
        }
        return "";
    }

    private static boolean isPath(String source) {
        return source.startsWith("/")
                || source.startsWith(".")
                || source.startsWith("~")
                || source.startsWith("$")
                || source.contains("\\");
    }
}
