/// Workflow, action and Dependabot files of GitHub: a model with positions, and what is wrong with
/// a file by GitHub's own syntax. Judges nothing: whether a good file is a safe one is for rules.
@NullMarked
package dev.devopspack.language.workflow;

import org.jspecify.annotations.NullMarked;
