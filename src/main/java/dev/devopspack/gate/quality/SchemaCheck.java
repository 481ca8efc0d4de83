package dev.devopspack.gate.quality;

import dev.devopspack.gate.quality.WrittenBody.Argument;
import dev.devopspack.gate.quality.WrittenBody.Nested;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.value.Value.Null;
import dev.devopspack.language.schema.AttributeSchema;
import dev.devopspack.language.schema.AttributeType;
import dev.devopspack.language.schema.BlockSchema;
import dev.devopspack.language.schema.NestedSchema;
import dev.devopspack.task.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compares what is written in a block with the schema of its type.
final class SchemaCheck {
    private final String subject;
    private final String file;
    private final Findings findings;

    /// @param subject what messages call the block, for example `aws_vpc.main`
    SchemaCheck(String subject, String file, Findings findings) {
        this.subject = subject;
        this.file = file;
        this.findings = findings;
    }

    void check(BlockSchema schema, WrittenBody written) {
        check(schema, written, "");
    }

    private void check(BlockSchema schema, WrittenBody written, String path) {
        written.arguments().forEach(argument -> argument(schema, argument, path));
        written.blocks().forEach(block -> block(schema, block, path));
        missing(schema, written, path);
    }

    private void argument(BlockSchema schema, Argument argument, String path) {
        String name = argument.name();
        AttributeSchema attribute = schema.attributes().get(name);
        NestedSchema nested = schema.nested().get(name);
        if (attribute != null) {
            if (attribute.presence().computed() && !attribute.presence().writable()) {
                report(
                        argument.span(),
                        "'" + path + name + "' is decided by the provider",
                        "Leave it out");
            } else {
                fit(attribute.type(), argument, path);
            }
        } else if (nested == null) {
            report(
                    argument.span(),
                    "'" + path + name + "' is no argument of it",
                    suggestion(schema, name));
        } else if (!nested.writtenAsAttribute()) {
            String mend =
                    nested.presence().writable()
                            ? "Write " + name + " { ... } without '='"
                            : "Leave it out: the provider decides it";
            report(argument.span(), "'" + path + name + "' is a block, not an argument", mend);
        } else {
            fit(nested.type(), argument, path);
        }
    }

    private void fit(AttributeType type, Argument argument, String path) {
        if (!TypeFit.fits(type, argument.value())) {
            report(
                    argument.span(),
                    "'"
                            + path
                            + argument.name()
                            + "' takes "
                            + TypeFit.words(type)
                            + ", but is given "
                            + TypeFit.words(argument.value()),
                    "Give it " + TypeFit.words(type));
        }
    }

    private void block(BlockSchema schema, Nested block, String path) {
        String name = block.type();
        NestedSchema nested = schema.nested().get(name);
        if (nested != null && nested.writtenAsBlock()) {
            check(nested.body(), block.body(), path + name + ".");
        } else if (nested != null) {
            String mend =
                    nested.writtenAsAttribute()
                            ? "Write " + name + " = ..."
                            : "Leave it out: the provider decides it";
            report(block.span(), "'" + path + name + "' is not written as a block", mend);
        } else if (schema.attributes().containsKey(name)) {
            report(
                    block.span(),
                    "'" + path + name + "' is an argument, not a block",
                    "Write " + name + " = ...");
        } else {
            report(
                    block.span(),
                    "'" + path + name + "' is no block of it",
                    suggestion(schema, name));
        }
    }

    private void missing(BlockSchema schema, WrittenBody written, String path) {
        schema.attributes()
                .forEach((name, attribute) -> {
                    Optional<Argument> given = argument(written, name);
                    if (attribute.presence().required()
                            && given.filter(argument -> !(argument.value() instanceof Null))
                                    .isEmpty()) {
                        report(
                                written.span(),
                                "'" + path + name + "' is required",
                                "Add " + name + " = ...");
                    }
                });
        schema.nested()
                .forEach((name, nested) -> {
                    List<Nested> given =
                            written.blocks().stream()
                                    .filter(block -> block.type().equals(name))
                                    .toList();
                    boolean none = given.isEmpty() && argument(written, name).isEmpty();
                    if (nested.presence().required() && none) {
                        report(
                                written.span(),
                                "'" + path + name + "' is required",
                                nested.writtenAsBlock()
                                        ? "Add a block " + name + " { ... }"
                                        : "Add " + name + " = ...");
                    }
                    List<Nested> certain = given.stream().filter(Nested::certain).toList();
                    if (certain.size() > 1
                            && (nested.atMostOne()
                                    || nested.nesting() == NestedSchema.Nesting.SINGLE)) {
                        report(
                                certain.get(1).span(),
                                "'"
                                        + path
                                        + name
                                        + "' stands here "
                                        + certain.size()
                                        + " times, but only one is taken",
                                "Keep one");
                    }
                });
    }

    private static Optional<Argument> argument(WrittenBody written, String name) {
        return written.arguments().stream()
                .filter(argument -> argument.name().equals(name))
                .findFirst();
    }

    private static String suggestion(BlockSchema schema, String name) {
        List<String> names = new ArrayList<>(schema.attributes().keySet());
        names.addAll(schema.nested().keySet());
        return suggestion(name, names).map(near -> "Write '" + near + "'").orElse("Leave it out");
    }

    /// The known name that was probably meant.
    static Optional<String> suggestion(String name, List<String> known) {
        return Nearest.to(name, known, 1).stream().findFirst();
    }

    private void report(Span span, String message, String mend) {
        findings.add(file, span.line(), span.column(), subject + ": " + message, mend);
    }
}
