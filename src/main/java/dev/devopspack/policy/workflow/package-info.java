/// What rules judge in GitHub's workflows, actions and Dependabot files. Reads the model of
/// `language/workflow` and adds what makes a thing safe or not: who may write a value, what is
/// pinned, what a script calls. Knows no rule.
@NullMarked
package dev.devopspack.policy.workflow;

import org.jspecify.annotations.NullMarked;
