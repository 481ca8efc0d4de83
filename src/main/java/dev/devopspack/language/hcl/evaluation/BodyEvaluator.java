package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Tuple;
import dev.devopspack.language.hcl.Hcl.Var;
import dev.devopspack.language.hcl.value.Conversions;
import dev.devopspack.language.hcl.value.Reference;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.ListValue;
import dev.devopspack.language.hcl.value.Value.ObjectValue;
import dev.devopspack.language.hcl.value.Value.Unknown;
import dev.devopspack.language.hcl.value.ValueProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Evaluates the arguments and blocks of a body, and writes `dynamic` blocks out. An argument that
/// fails is reported and unknown; the others stay.
final class BodyEvaluator {

    /// Arguments that name attributes or providers rather than having a value.
    private static final Set<String> AS_WRITTEN = Set.of("ignore_changes", "configuration_aliases");

    private final Evaluation evaluation;

    BodyEvaluator(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    /// @param leftOut names of arguments and types of blocks that are not part of the result
    EvaluatedBody body(Body body, Scope scope, Set<String> leftOut) {
        Map<String, EvaluatedAttribute> attributes = new LinkedHashMap<>();
        for (Attribute attribute : body.attributes()) {
            if (!leftOut.contains(attribute.name())) {
                attributes.put(
                        attribute.name(),
                        AS_WRITTEN.contains(attribute.name())
                                ? written(attribute)
                                : attribute(attribute, scope));
            }
        }
        List<EvaluatedBlock> blocks = new ArrayList<>();
        for (Block block : body.blocks()) {
            if (leftOut.contains(block.type())) {
                continue;
            }
            if (block.type().equals("dynamic") && block.labels().size() == 1) {
                dynamic(block, scope, blocks);
            } else {
                blocks.add(block(block, scope));
            }
        }
        return new EvaluatedBody(attributes, blocks, body.span());
    }

    EvaluatedBlock block(Block block, Scope scope) {
        return block(block, scope, Set.of());
    }

    EvaluatedBlock block(Block block, Scope scope, Set<String> leftOut) {
        return new EvaluatedBlock(
                block.type(),
                block.labels(),
                body(block.body(), scope, leftOut),
                true,
                block.header(),
                block.span());
    }

    EvaluatedAttribute attribute(Attribute attribute, Scope scope) {
        evaluation.trace().begin();
        Value value = value(attribute.value(), scope);
        Set<Reference> references = new LinkedHashSet<>(evaluation.trace().end());
        collect(value, references);
        return new EvaluatedAttribute(
                attribute.name(),
                value,
                attribute.value(),
                Collections.unmodifiableSet(references),
                attribute.nameSpan(),
                attribute.span());
    }

    /// An argument whose value is its own text.
    EvaluatedAttribute written(Attribute attribute) {
        return new EvaluatedAttribute(
                attribute.name(),
                Written.value(attribute.value()),
                attribute.value(),
                Set.of(),
                attribute.nameSpan(),
                attribute.span());
    }

    /// References inside a value, which may have come through names that a loop put in front.
    private static void collect(Value value, Set<Reference> references) {
        switch (value) {
            case Unknown unknown -> references.addAll(unknown.references());
            case ListValue list -> list.items().forEach(item -> collect(item, references));
            case ObjectValue object -> {
                object.members().values().forEach(member -> collect(member, references));
                Optional.ofNullable(object.rest()).ifPresent(references::add);
            }
            case Value.Null _, Value.Bool _, Value.Num _, Value.Str _ -> {}
        }
    }

    /// The value of an expression; if it has none that is reported and it is unknown.
    Value value(Expr expression, Scope scope) {
        try {
            return evaluation
                    .budget()
                    .checked(evaluation.expressions().evaluate(expression, scope));
        } catch (ExpressionProblem problem) {
            return failed(problem.problem(), problem.span(), scope);
        } catch (ValueProblem problem) {
            return failed(problem, expression.span(), scope);
        }
    }

    private Value failed(ValueProblem problem, Span span, Scope scope) {
        if (!evaluation.budget().spent() || evaluation.stopsNow()) {
            scope.module().report(scope.file(), span, problem);
        }
        return Unknown.because("the expression has no value: " + problem.message());
    }

    private void dynamic(Block block, Scope scope, List<EvaluatedBlock> blocks) {
        String type = block.labels().getFirst();
        Optional<Block> content = block.body().blocks("content").stream().findFirst();
        Optional<Attribute> forEach = block.body().attribute("for_each");
        if (content.isEmpty() || forEach.isEmpty()) {
            scope.module()
                    .report(
                            scope.file(),
                            block.header(),
                            new ValueProblem(
                                    "the dynamic block \"" + type + "\" is not complete",
                                    "Give it for_each and a content block"));
            return;
        }
        String iterator = iterator(block, type);
        Value source = value(forEach.get().value(), scope);
        if (!(source instanceof ListValue) && !(source instanceof ObjectValue)) {
            Unknown unknown =
                    source instanceof Unknown u
                            ? Unknown.from(List.of(u))
                            : Unknown.because("for_each is " + source.kind());
            if (source instanceof Unknown) {
                Elements.Element element = new Elements.Element(unknown, unknown);
                blocks.add(content(block, content.get(), type, iterator, element, scope, false));
            } else if (!(source instanceof Value.Null)) {
                scope.module()
                        .report(
                                scope.file(),
                                forEach.get().value().span(),
                                new ValueProblem(
                                        "for_each is " + source.kind(),
                                        "Give it a list, a set or a map"));
            }
            return;
        }
        for (Elements.Element element : Elements.of(source)) {
            blocks.add(content(block, content.get(), type, iterator, element, scope, true));
        }
    }

    private static String iterator(Block block, String type) {
        return block.body()
                .attribute("iterator")
                .map(Attribute::value)
                .filter(Var.class::isInstance)
                .map(v -> ((Var) v).name())
                .orElse(type);
    }

    private EvaluatedBlock content(
            Block block,
            Block content,
            String type,
            String iterator,
            Elements.Element element,
            Scope scope,
            boolean certain) {
        Value names = new ObjectValue(Map.of("key", element.key(), "value", element.value()), null);
        Scope inner = scope.with(Map.of(iterator, names));
        return new EvaluatedBlock(
                type,
                labels(block, inner),
                body(content.body(), inner, Set.of()),
                certain,
                block.header(),
                block.span());
    }

    private List<String> labels(Block block, Scope scope) {
        List<String> labels = new ArrayList<>();
        block.body()
                .attribute("labels")
                .map(Attribute::value)
                .filter(Tuple.class::isInstance)
                .ifPresent(tuple -> {
                    for (Expr item : ((Tuple) tuple).items()) {
                        labels.add(Conversions.text(value(item, scope)).orElse("*"));
                    }
                });
        return labels;
    }
}
