package dev.devopspack.gate.quality;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Block;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.evaluation.EvaluatedBody;
import dev.devopspack.language.hcl.value.Value;
import dev.devopspack.language.hcl.value.Value.Unknown;
import java.util.List;
import java.util.Set;

/// What is written in a block, evaluated or, where it has no instance, as it stands in the file.
record WrittenBody(List<Argument> arguments, List<Nested> blocks, Span span) {

    record Argument(String name, Value value, Span span) {}

    /// @param certain false where it stands for a `dynamic` block that may give none or many
    record Nested(String type, WrittenBody body, boolean certain, Span span) {}

    static WrittenBody of(EvaluatedBody body) {
        return new WrittenBody(
                body.attributes().values().stream()
                        .map(attribute ->
                                new Argument(
                                        attribute.name(), attribute.value(), attribute.nameSpan()))
                        .toList(),
                body.blocks().stream()
                        .map(block ->
                                new Nested(
                                        block.type(),
                                        of(block.body()),
                                        block.certain(),
                                        block.header()))
                        .toList(),
                body.span());
    }

    /// @param leftOut arguments and blocks that every resource may have
    static WrittenBody of(Body body, Set<String> leftOut) {
        return new WrittenBody(
                body.attributes().stream()
                        .filter(attribute -> !leftOut.contains(attribute.name()))
                        .map(attribute ->
                                new Argument(
                                        attribute.name(),
                                        Unknown.because("it was not evaluated"),
                                        attribute.nameSpan()))
                        .toList(),
                body.blocks().stream()
                        .filter(block -> !leftOut.contains(block.type()))
                        .map(WrittenBody::nested)
                        .toList(),
                body.span());
    }

    private static Nested nested(Block block) {
        if (!block.type().equals("dynamic") || block.labels().isEmpty()) {
            return new Nested(block.type(), of(block.body(), Set.of()), true, block.header());
        }
        Body content =
                block.body().blocks("content").stream()
                        .findFirst()
                        .map(Block::body)
                        .orElse(block.body());
        return new Nested(block.labels().getFirst(), of(content, Set.of()), false, block.header());
    }
}
