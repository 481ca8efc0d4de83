package dev.devopspack.language.hcl.evaluation;

import dev.devopspack.language.Span;
import dev.devopspack.language.hcl.value.ValueProblem;

/// A [ValueProblem] with the place of the expression it happened in.
final class ExpressionProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ValueProblem problem;
    private final transient Span span;

    ExpressionProblem(ValueProblem problem, Span span) {
        super(problem.message(), null, false, false);
        this.problem = problem;
        this.span = span;
    }

    ValueProblem problem() {
        return problem;
    }

    Span span() {
        return span;
    }
}
