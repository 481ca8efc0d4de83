/// The expressions of GitHub Actions between `${{` and `}}`: tokens, tree, types. Knows no YAML and
/// no workflow: what a place of a file offers comes in as a scope.
@NullMarked
package dev.devopspack.language.workflow.expression;

import org.jspecify.annotations.NullMarked;
