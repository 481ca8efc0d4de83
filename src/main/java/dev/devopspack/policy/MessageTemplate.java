package dev.devopspack.policy;

import dev.devopspack.task.InvalidInput;
import java.util.ArrayList;
import java.util.List;

/// A message with CEL expressions in braces: `bucket '{self.bucket}' has no owner`.
///
/// What an expression gives is shown on one line, cut and without invisible characters, because
/// whoever wrote the judged file chose it.
public record MessageTemplate(String text, List<Part> parts) {

    public MessageTemplate {
        parts = List.copyOf(parts);
    }

    sealed interface Part {
        record Literal(String text) implements Part {}

        record Value(Rule.Expression expression) implements Part {}
    }

    static MessageTemplate of(Rule.Expression message) {
        String text = message.text();
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            if (open < 0) {
                parts.add(new Part.Literal(text.substring(at)));
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new InvalidInput(
                        message.file() + ":" + message.line() + ":" + (message.column() + open),
                        "the message opens a brace that it does not close",
                        "Write {expression}.");
            }
            if (open > at) {
                parts.add(new Part.Literal(text.substring(at, open)));
            }
            parts.add(
                    new Part.Value(
                            new Rule.Expression(
                                    text.substring(open + 1, close),
                                    message.file(),
                                    message.line(),
                                    message.column() + open + 1)));
            at = close + 1;
        }
        return new MessageTemplate(text, parts);
    }
}
