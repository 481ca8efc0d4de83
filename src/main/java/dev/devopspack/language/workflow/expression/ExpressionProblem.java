package dev.devopspack.language.workflow.expression;

/// What is wrong with an expression.
///
/// @param start offset of the first character in the expression's text, from 0
/// @param end offset behind the last one
/// @param message a sentence without a full stop, with the mend where there is one
public record ExpressionProblem(int start, int end, String message) {}
