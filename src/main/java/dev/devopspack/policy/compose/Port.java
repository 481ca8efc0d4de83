package dev.devopspack.policy.compose;

import dev.devopspack.language.Span;
import dev.devopspack.language.yaml.YamlNode;
import java.util.Optional;

/// A port of a container that the host passes on.
///
/// @param text as it is written, for messages
/// @param address of the host, empty where it is every one
/// @param published the first of the host's ports; -1 where the host chooses, -2 where it is not
///   known
/// @param target the first of the container's ports; -2 where it is not known
/// @param last the last of the container's ports
record Port(String text, String address, long published, long target, long last, Span span) {

    static final long CHOSEN = -1;
    static final long NOT_KNOWN = -2;

    /// Both the short form `127.0.0.1:8080:80/tcp` and the long one.
    static Port of(YamlNode node) {
        Optional<String> written = scalar(node);
        return written.isPresent() ? ofShort(written.get(), node.span()) : ofLong(node);
    }

    private static Optional<String> scalar(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar
                ? Optional.of(scalar.content())
                : Optional.empty();
    }

    private static Port ofShort(String text, Span span) {
        String plain = ComposeValues.expanded(text).orElse(text).replaceFirst("/[a-z]*$", "");
        int last = plain.lastIndexOf(':');
        String target = plain.substring(last + 1);
        String rest = last < 0 ? "" : plain.substring(0, last);
        int middle = rest.endsWith("]") ? -1 : rest.lastIndexOf(':');
        boolean onlyAddress = last >= 0 && rest.contains(".") && middle < 0;
        String published = last < 0 || onlyAddress ? "" : rest.substring(middle + 1);
        String address = onlyAddress ? rest : middle < 0 ? "" : rest.substring(0, middle);
        return new Port(text, address, host(published), first(target), last(target), span);
    }

    private static Port ofLong(YamlNode node) {
        String published = node.get("published").flatMap(Port::expanded).orElse("");
        String target = node.get("target").flatMap(Port::expanded).orElse("");
        String address = node.get("host_ip").flatMap(Port::expanded).orElse("");
        int colon = published.lastIndexOf(':');
        boolean dotted = published.contains(".");
        if (colon >= 0 || dotted) {
            address = colon < 0 ? published : published.substring(0, colon);
            published = colon < 0 ? "" : published.substring(colon + 1);
        }
        return new Port(
                published + ":" + target,
                address,
                host(published),
                first(target),
                last(target),
                node.span());
    }

    private static Optional<String> expanded(YamlNode node) {
        return scalar(node).map(text -> ComposeValues.expanded(text).orElse(text));
    }

    private static long host(String published) {
        return published.isEmpty() ? CHOSEN : first(published);
    }

    private static long first(String range) {
        int dash = range.indexOf('-');
        return number(dash < 0 ? range : range.substring(0, dash));
    }

    private static long last(String range) {
        return number(range.substring(range.indexOf('-') + 1));
    }

    private static long number(String text) {
        boolean digits =
                !text.isEmpty()
                        && text.length() < 8
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : NOT_KNOWN;
    }
}
