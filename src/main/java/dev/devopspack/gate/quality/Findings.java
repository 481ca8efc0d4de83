package dev.devopspack.gate.quality;

import dev.devopspack.language.Diagnostic;
import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.ParsedFile;
import dev.devopspack.policy.Finding;
import dev.devopspack.policy.Severity;
import java.util.ArrayList;
import java.util.List;

/// Collects the findings of one step. Each is as bad as the other: the gate wants every step to
/// pass.
final class Findings {
    /// More than a person mends in one go; the step's detail says how many there are.
    static final int MAX_SHOWN = 100;

    private final String step;
    private final String title;
    private final List<Finding> list = new ArrayList<>();

    Findings(String step, String title) {
        this.step = step;
        this.title = title;
    }

    void add(ParsedFile file, Span span, String message, String mend) {
        add(file.name(), span.line(), span.column(), message, mend);
    }

    void add(Diagnostic diagnostic) {
        add(
                diagnostic.file(),
                diagnostic.span().line(),
                diagnostic.span().column(),
                diagnostic.message(),
                diagnostic.mend());
    }

    void add(String file, int line, int column, String message, String mend) {
        list.add(
                new Finding(
                        "quality." + step,
                        title,
                        Severity.HIGH,
                        file,
                        line,
                        column,
                        null,
                        message,
                        mend,
                        null));
    }

    boolean isEmpty() {
        return list.isEmpty();
    }

    List<Finding> list() {
        return list.stream().distinct().toList();
    }

    /// The step's result: passed without findings, failed with them.
    ///
    /// @param passed what is said of a step that passed
    QualityStep step(String passed) {
        List<Finding> found = list();
        if (found.isEmpty()) {
            return new QualityStep(step, title, QualityStep.Outcome.PASSED, passed, List.of());
        }
        String detail = found.size() == 1 ? "1 finding" : found.size() + " findings";
        return new QualityStep(
                step,
                title,
                QualityStep.Outcome.FAILED,
                detail,
                found.stream().limit(MAX_SHOWN).toList());
    }
}
