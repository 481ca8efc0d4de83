package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.hcl.Hcl.ForPart;
import dev.devopspack.language.hcl.Hcl.IfPart;
import dev.devopspack.language.hcl.Hcl.Interpolation;
import dev.devopspack.language.hcl.Hcl.Part;
import dev.devopspack.language.hcl.Hcl.Template;
import dev.devopspack.language.hcl.Hcl.Text;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Hint;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.hcl.value.Value.Str;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.List;

/// Evaluates strings with interpolation and directives. What is known of a partly known string is
/// kept.
final class TemplateEvaluator {

    private final Evaluation evaluation;
    private final ExpressionEvaluator expressions;

    TemplateEvaluator(Evaluation evaluation, ExpressionEvaluator expressions) {
        this.evaluation = evaluation;
        this.expressions = expressions;
    }

    /// A template that is only `${x}` is the value x itself, of whatever kind.
    Value value(Template template, Scope scope) {
        if (template.parts().size() == 1
                && template.parts().getFirst() instanceof Interpolation(var inner, _)
                && !template.heredoc()) {
            return expressions.evaluate(inner, scope);
        }
        return text(template, scope);
    }

    /// Always a string, as `templatefile` gives it.
    Value text(Template template, Scope scope) {
        Pieces pieces = new Pieces();
        parts(template.parts(), scope, pieces);
        return pieces.result();
    }

    private void parts(List<Part> parts, Scope scope, Pieces pieces) {
        for (Part part : parts) {
            switch (part) {
                case Text t -> pieces.add(t.value());
                case Interpolation i -> interpolation(i, scope, pieces);
                case IfPart i -> ifPart(i, scope, pieces);
                case ForPart f -> forPart(f, scope, pieces);
            }
        }
    }

    private void interpolation(Interpolation part, Scope scope, Pieces pieces) {
        Value value = expressions.evaluate(part.expression(), scope);
        if (value instanceof Unknown unknown) {
            pieces.add(unknown);
            return;
        }
        String text =
                Conversions.text(value)
                        .orElseThrow(() ->
                                new ExpressionProblem(
                                        new ValueProblem(
                                                "a string cannot contain " + value.kind(),
                                                value instanceof Null
                                                        ? "Test for null before"
                                                        : "Turn it into text, for example with"
                                                                + " join or jsonencode"),
                                        part.expression().span()));
        pieces.add(text);
    }

    private void ifPart(IfPart part, Scope scope, Pieces pieces) {
        Value test = expressions.evaluate(part.test(), scope);
        if (test instanceof Unknown unknown) {
            pieces.add(unknown);
        } else {
            parts(Operators.bool(test, "if") ? part.yes() : part.no(), scope, pieces);
        }
    }

    private void forPart(ForPart part, Scope scope, Pieces pieces) {
        Value source = expressions.evaluate(part.source(), scope);
        if (source instanceof Unknown unknown) {
            pieces.add(unknown);
            return;
        }
        for (Elements.Element element : Elements.of(source)) {
            evaluation.budget().charge(1);
            parts(part.body(), scope.with(element.names(part.keyName(), part.valueName())), pieces);
        }
    }

    /// Joins text, and keeps it apart from what is not known.
    private final class Pieces {

        private final List<Value> done = new ArrayList<>();
        private final List<Unknown> unknown = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private long length;

        void add(String more) {
            length += more.length();
            evaluation.budget().chargeText(length);
            text.append(more);
        }

        void add(Unknown value) {
            unknown.add(value);
            if (value.hint() instanceof Hint.Text(List<Value> inner)) {
                for (Value piece : inner) {
                    if (piece instanceof Str(String s)) {
                        add(s);
                    } else {
                        flush();
                        done.add(piece);
                    }
                }
            } else {
                flush();
                done.add(value);
            }
        }

        private void flush() {
            if (!text.isEmpty()) {
                done.add(new Str(text.toString()));
                text.setLength(0);
            }
        }

        Value result() {
            if (unknown.isEmpty()) {
                return new Str(text.toString());
            }
            flush();
            return evaluation.budget().checked(Unknown.from(unknown, new Hint.Text(done)));
        }
    }
}
