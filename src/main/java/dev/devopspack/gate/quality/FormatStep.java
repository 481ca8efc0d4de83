package dev.devopspack.gate.quality;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.Hcl.Attribute;
import dev.devopspack.language.hcl.Hcl.Body;
import dev.devopspack.language.hcl.Hcl.Expr;
import dev.devopspack.language.hcl.Hcl.Item;
import dev.devopspack.language.hcl.Hcl.Obj;
import dev.devopspack.language.hcl.ParsedFile;
import java.util.ArrayList;
import java.util.List;

/// Files look as `terraform fmt` writes them, as far as that can be told without it: two blanks a
/// level, `=` of neighbouring one-line arguments in one column.
///
/// What this step accepts `terraform fmt` may still write differently; what it refuses `terraform
/// fmt` does change.
final class FormatStep {
    static final String STEP = "canonical-format";
    static final String TITLE = "Files have Terraform's canonical format";

    private static final String MEND = "Run terraform fmt";
    private static final int INDENT = 2;

    private final ParsedFile file;
    private final String[] lines;
    private final Findings findings;

    private FormatStep(ParsedFile file, Findings findings) {
        this.file = file;
        this.lines = file.text().split("\n", -1);
        this.findings = findings;
    }

    static QualityStep judge(TerraformFiles files) {
        Findings findings = new Findings(STEP, TITLE);
        for (ParsedFile file : files.all()) {
            if (file.valid()) {
                new FormatStep(file, findings).body(file.body(), 0);
            }
        }
        return findings.step("indentation and alignment");
    }

    private void body(Body body, int depth) {
        List<Aligned> aligned = new ArrayList<>();
        for (Attribute attribute : body.attributes()) {
            indentation(attribute.span(), depth);
            objects(attribute.value(), depth);
            add(aligned, attribute.nameSpan(), attribute.span(), attribute.value());
        }
        alignment(aligned);
        body.blocks()
                .forEach(block -> {
                    indentation(block.span(), depth);
                    body(block.body(), depth + 1);
                });
    }

    /// Objects that begin on the line of what they are the value of, so that their level is known.
    private void objects(Expr value, int depth) {
        if (value instanceof Obj object && object.span().line() != object.span().endLine()) {
            List<Aligned> aligned = new ArrayList<>();
            for (Item item : object.items()) {
                if (startsLine(item.span())) {
                    indentation(item.span(), depth + 1);
                    objects(item.value(), depth + 1);
                    add(aligned, item.key().span(), item.span(), item.value());
                }
            }
            alignment(aligned);
        }
    }

    /// An argument on a line of its own.
    ///
    /// @param nameEnd column after its name
    /// @param sign column of its `=`; 0 where it is written with `:`
    private record Aligned(int line, int nameEnd, int sign) {}

    private void add(List<Aligned> aligned, Span name, Span whole, Expr value) {
        boolean oneLine = whole.line() == whole.endLine();
        if (oneLine && startsLine(whole)) {
            String between =
                    file.text().substring(name.end(), Math.max(name.end(), value.span().start()));
            int sign = between.indexOf('=');
            if (sign >= 0 && between.substring(0, sign).isBlank()) {
                aligned.add(new Aligned(whole.line(), name.endColumn(), name.endColumn() + sign));
            }
        }
    }

    /// Arguments on lines that follow each other have their signs one blank behind the longest
    /// name.
    private void alignment(List<Aligned> arguments) {
        int from = 0;
        for (int i = 1; i <= arguments.size(); i++) {
            if (i == arguments.size()
                    || arguments.get(i).line() != arguments.get(i - 1).line() + 1) {
                chain(arguments.subList(from, i));
                from = i;
            }
        }
    }

    private void chain(List<Aligned> chain) {
        int column = chain.stream().mapToInt(Aligned::nameEnd).max().orElse(0) + 1;
        for (Aligned argument : chain) {
            if (argument.sign() != column) {
                findings.add(
                        file.name(),
                        argument.line(),
                        argument.sign(),
                        "'=' does not stand in the column of its neighbours, " + column,
                        MEND);
            }
        }
    }

    private boolean startsLine(Span span) {
        return lines[span.line() - 1].substring(0, span.column() - 1).isBlank();
    }

    private void indentation(Span span, int depth) {
        int wanted = depth * INDENT;
        String before = lines[span.line() - 1].substring(0, span.column() - 1);
        if (before.isBlank() && (before.length() != wanted || before.indexOf('\t') >= 0)) {
            findings.add(
                    file.name(),
                    span.line(),
                    1,
                    "the line is indented by " + before.length() + ", not by " + wanted + " blanks",
                    MEND);
        }
    }
}
